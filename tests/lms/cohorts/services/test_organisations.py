import pytest

from lms.cohorts.enums import OrganisationKind
from lms.cohorts.models import Organisation
from lms.cohorts.services.organisations import CodeNotPrintable, CodeTaken, create_organisation
from lms.records.models import AuditEvent

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def create(code: str, now) -> Organisation:
    return create_organisation(
        code=code, kind=OrganisationKind.BASE, name="汾川培训基地", name_en="Fenchuan base", now=now
    )


def test_an_organisation_is_opened_once_under_its_code(now) -> None:
    organisation = create("FCBA", now)
    with pytest.raises(CodeTaken, match="FCBA"):
        create("FCBA", now)
    assert list(Organisation.objects.all()) == [organisation]
    assert list(AuditEvent.objects.values_list("action", "organisation")) == [("cohorts.organisation.create", "FCBA")]


@pytest.mark.parametrize("code", ["FCB", "fcba", "FILO", "FC-A"])
def test_a_code_that_cannot_be_read_from_paper_is_refused(code, now) -> None:
    with pytest.raises(CodeNotPrintable):
        create(code, now)
    assert Organisation.objects.count() == 0
