from datetime import date, timedelta

import pytest

from lms.accounts.services.identity import set_identity
from lms.accounts.validators import compose_identity_number
from lms.cohorts.enums import MembershipState, OrganisationKind
from lms.cohorts.models import Cohort, Membership
from lms.cohorts.services.cohorts import (
    CohortCodeTaken,
    EndsBeforeItStarts,
    NotATrainingBase,
    NotOnTheRoster,
    StillRunning,
    add_member,
    change_employer,
    finish_cohort,
    open_cohort,
    withdraw_member,
)
from lms.cohorts.services.identities import NothingToConfirm, confirm_identity
from lms.records.models import AuditEvent
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, OrganisationFactory
from tests.factories.schemes import SchemeVersionFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

NUMBER = compose_identity_number(region="990101", born=date(1990, 5, 26), order=17)


def open_one(now, **changes) -> Cohort:
    words = {
        "organisation": None,
        "code": "2026-AUTUMN",
        "title": "初级 2026 秋季班",
        "level": "junior",
        "scheme_version": SchemeVersionFactory(),
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 12, 31),
    } | changes
    words["organisation"] = words["organisation"] or OrganisationFactory()
    return open_cohort(**words, now=now)


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_base_uses_a_code_once_and_another_base_may_use_it_too(now) -> None:
    cohort = open_one(now)
    with pytest.raises(CohortCodeTaken, match="2026-AUTUMN"):
        open_one(now, organisation=cohort.organisation)
    open_one(now)
    assert Cohort.objects.count() == 2


def test_only_bases_run_cohorts_and_no_cohort_ends_before_it_starts(now) -> None:
    with pytest.raises(NotATrainingBase):
        open_one(now, organisation=OrganisationFactory(kind=OrganisationKind.AUTHORITY))
    with pytest.raises(EndsBeforeItStarts):
        open_one(now, ends_on=date(2026, 8, 31))
    assert Cohort.objects.count() == 0


def test_a_person_has_one_place_and_keeps_it(now) -> None:
    cohort, person = CohortFactory(), PersonFactory()
    place = add_member(cohort=cohort, person=person, employer="清泉净水设备有限公司", now=now)
    assert add_member(cohort=cohort, person=person, now=now) == place
    assert place.employer == "清泉净水设备有限公司"
    assert actions() == ["cohorts.membership.add"]


def test_who_left_comes_back_to_the_same_place(now) -> None:
    cohort, person = CohortFactory(), PersonFactory()
    place = add_member(cohort=cohort, person=person, now=now)
    withdraw_member(membership=place, reason="moved away", actor="user:1", now=now)
    with pytest.raises(NotOnTheRoster):
        withdraw_member(membership=place, reason="again", actor="user:1", now=now)
    back = add_member(cohort=cohort, person=person, now=now)
    assert (back.pk, back.state) == (place.pk, MembershipState.ACTIVE)
    assert actions() == ["cohorts.membership.add", "cohorts.membership.withdraw", "cohorts.membership.return"]


def test_a_new_employer_is_noted_once(now) -> None:
    place = add_member(cohort=CohortFactory(), person=PersonFactory(), employer="甲", now=now)
    change_employer(membership=place, employer="乙", actor="user:1", now=now)
    change_employer(membership=place, employer="乙", actor="user:1", now=now)
    assert Membership.objects.get().employer == "乙"
    assert actions() == ["cohorts.membership.add", "cohorts.membership.change-employer"]


def test_a_registered_number_is_reported_to_the_requirement_trees_once(now) -> None:
    person = set_identity(person=PersonFactory(), number=NUMBER, actor="user:1", now=now)
    add_member(cohort=CohortFactory(), person=person, now=now)
    add_member(cohort=CohortFactory(), person=person, now=now)
    confirm_identity(person=person, actor="user:1", now=now)
    facts = RequirementFact.objects.values_list("person_id", "kind", "ref", "value", "source")
    assert list(facts) == [(person.pk, "identity", "resident", 1, f"accounts.identity:{person.pk}")]


def test_without_a_number_nothing_is_reported(now) -> None:
    person = PersonFactory()
    add_member(cohort=CohortFactory(), person=person, now=now)
    with pytest.raises(NothingToConfirm):
        confirm_identity(person=person, actor="user:1", now=now)
    assert RequirementFact.objects.count() == 0


def test_a_class_is_closed_after_its_last_day_and_who_left_stays_gone(now) -> None:
    cohort = CohortFactory(starts_on=(now - timedelta(days=30)).date(), ends_on=(now - timedelta(days=2)).date())
    stayed = add_member(cohort=cohort, person=PersonFactory(), now=now)
    left = add_member(cohort=cohort, person=PersonFactory(), now=now)
    withdraw_member(membership=left, reason="moved away", actor="user:1", now=now)

    assert finish_cohort(cohort=cohort, actor="user:1", now=now) == 1
    assert finish_cohort(cohort=cohort, actor="user:1", now=now) == 0

    stayed.refresh_from_db()
    left.refresh_from_db()
    assert (stayed.state, left.state) == (MembershipState.FINISHED, MembershipState.WITHDRAWN)
    assert AuditEvent.objects.get(action="cohorts.cohort.finish").detail == {"finished": 1}


def test_a_class_that_still_runs_is_not_closed(now) -> None:
    cohort = CohortFactory(starts_on=now.date(), ends_on=now.date())
    add_member(cohort=cohort, person=PersonFactory(), now=now)
    with pytest.raises(StillRunning, match=cohort.ends_on.isoformat()):
        finish_cohort(cohort=cohort, actor="user:1", now=now)
    assert cohort.memberships.get().state == MembershipState.ACTIVE
