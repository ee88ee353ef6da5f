from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lms.cohorts.models import Organisation
from lms.credits.models import CreditRules, RulesTrial
from lms.credits.selectors.rules import rules_for, table_for
from lms.credits.services.drafting_rules import MayNotWriteRules, NoSuchDraft, StaleRules, change_terms, describe_rules
from lms.credits.services.publishing_rules import (
    BeginsTooEarly,
    DayTaken,
    DrafterPublishes,
    NotTriedYet,
    ReasonMissing,
    publish_rules,
)
from lms.credits.services.rules import ShippedRulesChanged, publish_shipped_rules
from lms.mailing.models import Notice
from lms.records.models import AuditEvent
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.credit_rules import drafted, published, scheme_rules
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

FIRST_DAY = date(2026, 12, 1)


def manager_of(organisation: Organisation) -> Any:
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=organisation)
    return user


@pytest.fixture
def base() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def drafter(base: Organisation) -> Any:
    return manager_of(base)


@pytest.fixture
def draft(base: Organisation, drafter: Any, now: datetime) -> CreditRules:
    return drafted(organisation=base, user=drafter, now=now)


def tried(draft: CreditRules, now: datetime, **given: Any) -> CreditRules:
    known = {"rules": draft, "revision": draft.revision, "asked_by": draft.drafted_by, "asked_at": now}
    RulesTrial.objects.create(**{**known, "finished_at": now, **given})
    return draft


def published_by(user: Any, draft: CreditRules, now: datetime, **given: Any) -> CreditRules:
    known = {"revision": draft.revision, "reason": "接续新的试行方案"}
    return publish_rules(rules=draft, user=user, now=now, **{**known, **given})


def test_a_tried_draft_is_published_by_a_second_person(
    base: Organisation, drafter: Any, draft: CreditRules, now: datetime
):
    second, third = manager_of(base), manager_of(base)
    rules = published_by(second, tried(draft, now), now)
    assert (rules.state, rules.published_by, rules.published_at, rules.reason) == (
        "published",
        second,
        now,
        "接续新的试行方案",
    )
    days = [FIRST_DAY - timedelta(1), FIRST_DAY]
    assert [rules_for(organisation_id=base.pk, on=day).code for day in days] == ["2026.2", rules.code]
    event = AuditEvent.objects.get(action="credits.rules-published", subject=f"credits.rules:{rules.pk}")
    assert (event.actor, event.detail["reason"]) == (f"user:{second.pk}", "接续新的试行方案")
    told = Notice.objects.filter(kind="rules-published").values_list("user_id", flat=True)
    assert sorted(told) == sorted([drafter.pk, third.pk])


def test_a_day_that_was_looked_up_before_is_rated_by_the_new_version(
    base: Organisation, drafter: Any, draft: CreditRules, now: datetime, django_capture_on_commit_callbacks: Any
):
    assert table_for(organisation_id=base.pk, on=FIRST_DAY).version == "2026.2"
    with django_capture_on_commit_callbacks(execute=True):
        published_by(drafter, tried(draft, now), now)
    assert table_for(organisation_id=base.pk, on=FIRST_DAY).version == draft.code


def test_without_a_dry_run_nothing_is_published(drafter: Any, draft: CreditRules, now: datetime):
    with pytest.raises(NotTriedYet):
        published_by(drafter, draft, now)


@pytest.mark.parametrize("unfinished", [{"finished_at": None}, {"error": "stale"}])
def test_a_dry_run_that_has_not_come_to_its_end_does_not_count(
    drafter: Any, draft: CreditRules, now: datetime, unfinished: dict[str, Any]
):
    with pytest.raises(NotTriedYet):
        published_by(drafter, tried(draft, now, **unfinished), now)


def test_a_change_after_the_dry_run_asks_for_another(drafter: Any, draft: CreditRules, now: datetime):
    tried(draft, now)
    changed = change_terms(rules=draft, revision=0, terms={"practice_percent": "50.00"}, user=drafter)
    with pytest.raises(NotTriedYet):
        published_by(drafter, changed, now)
    with pytest.raises(StaleRules):
        published_by(drafter, changed, now, revision=0)
    assert published_by(drafter, tried(changed, now), now).state == "published"


def test_where_two_may_publish_the_last_writer_does_not(
    base: Organisation, drafter: Any, draft: CreditRules, now: datetime
):
    second = manager_of(base)
    with pytest.raises(DrafterPublishes):
        published_by(drafter, tried(draft, now), now)
    changed = change_terms(rules=draft, revision=0, terms={"practice_percent": "50.00"}, user=second)
    with pytest.raises(DrafterPublishes):
        published_by(second, tried(changed, now), now)
    assert published_by(drafter, changed, now).published_by == drafter


def test_a_lone_manager_may_publish_what_they_drafted(drafter: Any, draft: CreditRules, now: datetime):
    assert published_by(drafter, tried(draft, now), now).published_by == drafter


def test_of_two_superusers_the_second_publishes_for_the_scheme(now: datetime):
    first, second = (PersonFactory(user__is_superuser=True).user for _n in range(2))
    draft = tried(drafted(organisation=None, user=first, now=now), now)
    with pytest.raises(DrafterPublishes):
        published_by(first, draft, now)
    assert published_by(second, draft, now).code == "2026.3"


def test_a_reason_is_needed(drafter: Any, draft: CreditRules, now: datetime):
    with pytest.raises(ReasonMissing):
        published_by(drafter, tried(draft, now), now, reason=" ")


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 21), date(2026, 1, 1)])
def test_rules_begin_on_a_day_still_to_come(drafter: Any, draft: CreditRules, now: datetime, day: date):
    facts = {"title": "规则", "title_en": "Rules", "effective_from": day, "reason": ""}
    early = describe_rules(rules=draft, revision=0, facts=facts, user=drafter)
    with pytest.raises(BeginsTooEarly):
        published_by(drafter, tried(early, now), now)


def test_today_is_told_by_the_calendar_of_beijing(drafter: Any, draft: CreditRules):
    night = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)  # the first of December in Beijing
    with pytest.raises(BeginsTooEarly):
        published_by(drafter, tried(draft, night), night)
    assert published_by(drafter, draft, night - timedelta(seconds=1)).state == "published"


def test_two_versions_of_the_same_rules_never_begin_on_one_day(
    base: Organisation, drafter: Any, draft: CreditRules, now: datetime
):
    published(organisation=base, effective_from=FIRST_DAY)
    with pytest.raises(DayTaken):
        published_by(drafter, tried(draft, now), now)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_other_organisations_begin_when_they_like(drafter: Any, draft: CreditRules, now: datetime):
    published(organisation=OrganisationFactory(), effective_from=FIRST_DAY)
    assert published_by(drafter, tried(draft, now), now).state == "published"


def test_only_managers_of_the_base_publish(draft: CreditRules, now: datetime):
    with pytest.raises(MayNotWriteRules):
        published_by(manager_of(OrganisationFactory()), tried(draft, now), now)


def test_what_is_published_is_not_published_again(drafter: Any, draft: CreditRules, now: datetime):
    published_by(drafter, tried(draft, now), now)
    with pytest.raises(NoSuchDraft):
        published_by(drafter, draft, now)
    assert AuditEvent.objects.filter(action="credits.rules-published", actor=f"user:{drafter.pk}").count() == 1


def test_shipped_rules_are_published_once_and_told_in_the_audit_book(now: datetime):
    SchemeFactory()
    for _time in range(2):
        assert [rules.code for rules in publish_shipped_rules(now=now)] == ["2026.1", "2026.2"]
    assert CreditRules.objects.count() == 2
    assert AuditEvent.objects.filter(action="credits.rules-published", actor="system").count() == 2


def test_without_a_scheme_there_is_nothing_to_publish(now: datetime):
    assert publish_shipped_rules(now=now) == []


def test_a_file_that_was_changed_under_its_version_is_told(now: datetime, monkeypatch: pytest.MonkeyPatch):
    scheme_rules()
    monkeypatch.setattr("lms.credits.services.rules.hash_of", lambda _table: "0" * 64)
    with pytest.raises(ShippedRulesChanged):
        publish_shipped_rules(now=now)
