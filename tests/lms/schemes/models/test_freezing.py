from decimal import Decimal

import pytest
from django.db import Error, transaction

from lms.schemes.enums import FactKind
from lms.schemes.models import Level, RequirementFact, SchemeVersion
from lms.schemes.services.facts import record_fact
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import PersonFactory
from tests.factories.schemes import SchemeVersionFactory

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def fact(now):
    return record_fact(
        person_id=PersonFactory().pk,
        kind=FactKind.IDENTITY,
        ref="resident",
        value=Decimal(1),
        source="accounts.identity:1",
        occurred_at=now,
        now=now,
    )


def test_a_fact_is_recorded_once_for_its_source(fact, now) -> None:
    again = record_fact(
        person_id=PersonFactory().pk,
        kind=FactKind.EXAM,
        ref="junior",
        value=Decimal(99),
        source="accounts.identity:1",
        occurred_at=now,
        now=now,
    )
    assert (again.pk, again.kind, again.value) == (fact.pk, FactKind.IDENTITY, Decimal(1))


def test_the_database_refuses_to_edit_a_fact(fact) -> None:
    with pytest.raises(Error, match="never edited"), transaction.atomic():
        RequirementFact.objects.update(value=2)
    with pytest.raises(Error, match="never edited"), transaction.atomic():
        RequirementFact.objects.all().delete()
    assert RequirementFact.objects.get().value == 1


def test_the_database_refuses_to_change_a_published_version_or_its_levels(now) -> None:
    load_scheme("ttm-2026-1", now=now)
    with pytest.raises(Error, match="never edited"), transaction.atomic():
        SchemeVersion.objects.update(title="另一版")
    with pytest.raises(Error, match="never edited"), transaction.atomic():
        Level.objects.update(requirements={})
    with pytest.raises(Error, match="never edited"), transaction.atomic():
        Level.objects.all().delete()
    assert Level.objects.count() == 3


def test_a_draft_may_be_edited() -> None:
    version = SchemeVersionFactory(state="draft", published_at=None)
    SchemeVersion.objects.filter(pk=version.pk).update(title="草稿二")
    version.refresh_from_db()
    assert version.title == "草稿二"
