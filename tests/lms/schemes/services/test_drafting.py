from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction

from lms.records.models import AuditEvent
from lms.schemes.enums import SchemeState
from lms.schemes.models import Level, SchemeVersion, Topic
from lms.schemes.selectors.current import current_version
from lms.schemes.selectors.differences import differences
from lms.schemes.selectors.standing import evaluate_for
from lms.schemes.selectors.study_rules import study_rules_of
from lms.schemes.services import drafting, ruling, topics
from lms.schemes.services.loading import PublishedVersionChanged, load_scheme
from lms.schemes.services.trees import NoSuchRule
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.schemes import leaf

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def staff():
    return UserFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def version(now) -> SchemeVersion:
    return load_scheme("ttm-2026-2", now=now)


@pytest.fixture
def draft(version, staff, now) -> SchemeVersion:
    return drafting.draft_from(version=version, drafted_by=staff, now=now)


def _codes(draft: SchemeVersion, level: str = "junior") -> list[str]:
    return [child["code"] for child in draft.levels.get(code=level).requirements["children"]]


def _facts(draft: SchemeVersion, **said) -> dict:
    names = ("title", "title_en", "effective_from", "basis", "basis_en")
    return {name: getattr(draft, name) for name in names} | said


def test_a_draft_says_everything_that_its_version_says_and_takes_the_next_number(draft, version) -> None:
    assert (draft.number, draft.state) == ("2026.3", SchemeState.DRAFT)
    assert differences(draft, version) == []
    assert Topic.objects.filter(version=draft).count() == Topic.objects.filter(version=version).count() == 50


def test_a_number_is_used_once(version, staff, now) -> None:
    with pytest.raises(drafting.NumberTaken, match=r"2026\.2"):
        drafting.draft_from(version=version, drafted_by=staff, now=now, number="2026.2")


def test_only_staff_with_the_grant_write_rules(version, now) -> None:
    clerk = UserFactory(is_staff=True)
    with pytest.raises(drafting.MayNotWriteRules):
        drafting.draft_from(version=version, drafted_by=clerk, now=now)
    clerk.user_permissions.add(Permission.objects.get(codename="add_schemeversion"))
    granted = type(clerk).objects.get(pk=clerk.pk)
    assert drafting.draft_from(version=version, drafted_by=granted, now=now).number == "2026.3"


def test_rules_are_added_changed_moved_and_taken_out_and_the_difference_says_so(draft, version, staff) -> None:
    said = {"draft_id": draft.pk, "level": "junior", "user": staff}
    visit = leaf("practice-visit", fact="practice", refs=["visit"], at_least="1")
    ruling.add_rule(**said, revision=0, path=(), node=visit)
    ruling.move_rule(**said, revision=1, path=(6,), by=-1)
    exam = draft.levels.get(code="junior").requirements["children"][3]
    ruling.put_rule(**said, revision=2, path=(3,), node={**exam, "at_least": "65"})
    ruling.remove_rule(**said, revision=3, path=(1, 4))
    assert _codes(draft) == [
        "identity",
        "class-hours",
        "course",
        "exam",
        "simulation",
        "practice-visit",
        "contribution",
    ]
    (section,) = differences(draft, version)
    assert [(change.sign, change.label) for change in section.changes] == [
        ("~", "等级考试"),
        ("+", "要求"),
        ("−", "能力提升学时"),
    ]
    assert [(entry.before, entry.after) for entry in section.changes[0].entries] == [("60", "65")]


def test_a_change_on_a_page_opened_before_another_change_is_refused_and_changes_nothing(draft, staff) -> None:
    said = {"draft_id": draft.pk, "level": "junior", "path": (0,), "user": staff}
    ruling.move_rule(**said, revision=0, by=1)
    after_first = _codes(draft)
    with pytest.raises(drafting.StaleDraft):
        ruling.remove_rule(**said, revision=0)
    assert _codes(draft) == after_first
    ruling.remove_rule(**said, revision=1)
    assert len(_codes(draft)) == len(after_first) - 1


@pytest.mark.parametrize(
    ("node", "refused"),
    [
        (leaf("exam", fact="exam", at_least="60"), ruling.CodeTwice),
        (leaf("new", fact="exam", at_least="60", after=["nowhere"]), ruling.OrderImpossible),
        (leaf("new", fact="exam", at_least="60", after=["new"]), ruling.OrderImpossible),
        (leaf("new", fact="exam", at_least="60", after=["junior"]), ruling.OrderImpossible),
    ],
)
def test_a_tree_that_cannot_stand_is_refused(draft, staff, node, refused) -> None:
    with pytest.raises(refused):
        ruling.add_rule(draft_id=draft.pk, revision=0, level="junior", path=(), node=node, user=staff)
    assert len(_codes(draft)) == 6


def test_what_another_rule_comes_after_is_not_taken_out(draft, staff) -> None:
    with pytest.raises(ruling.OrderImpossible, match="exam"):
        ruling.remove_rule(draft_id=draft.pk, revision=0, level="junior", path=(2,), user=staff)
    with pytest.raises(NoSuchRule):
        ruling.remove_rule(draft_id=draft.pk, revision=0, level="junior", path=(9,), user=staff)


def test_topics_are_added_moved_and_taken_out(draft, staff) -> None:
    said = {"draft_id": draft.pk, "level": "junior", "user": staff}
    topics.move_topic(**said, revision=0, code="technology-market", by=-1)
    topics.remove_topic(**said, revision=1, code="ip-basics")
    fields = {"module": "policy-and-law", "code": "antitrust", "title": "反垄断", "title_en": "Antitrust"}
    hours = {"delivery": "on-site", "class_hours": None, "hours_source": "暂不设数", "hours_source_en": "None"}
    topics.put_topic(**said, revision=2, code="", fields=fields | hours)
    with pytest.raises(topics.TopicTwice):
        topics.put_topic(**said, revision=3, code="", fields=fields | hours)
    rows = draft.topics.filter(level_code="junior").order_by("position", "pk").values_list("code", flat=True)
    assert list(rows)[:2] == ["technology-market", "transfer-overview"]
    assert "ip-basics" not in rows
    assert list(rows)[-1] == "antitrust"


def test_publishing_needs_a_day_to_come_and_a_reason(draft, staff, now) -> None:
    today = {"draft_id": draft.pk, "user": staff}
    drafting.describe_draft(**today, revision=0, facts=_facts(draft, effective_from=date(2026, 11, 22)), reason="")
    with pytest.raises(drafting.BeginsTooEarly):
        drafting.publish_draft(**today, revision=1, now=now)
    drafting.describe_draft(**today, revision=1, facts=_facts(draft, effective_from=date(2026, 11, 23)), reason=" ")
    with pytest.raises(drafting.ReasonMissing):
        drafting.publish_draft(**today, revision=2, now=now)
    draft.refresh_from_db()
    assert draft.state == SchemeState.DRAFT


def test_an_empty_group_does_not_get_into_force(draft, staff, now) -> None:
    said = {"draft_id": draft.pk, "user": staff}
    group = {"kind": "any-of", "code": "some", "title": "若干", "title_en": "Some", "at_least": 2, "children": []}
    ruling.add_rule(**said, revision=0, level="junior", path=(), node=group)
    later = _facts(draft, effective_from=date(2027, 1, 1))
    drafting.describe_draft(**said, revision=1, facts=later, reason="实践要求")
    with pytest.raises(drafting.DraftNotRight, match="some"):
        drafting.publish_draft(**said, revision=2, now=now)


def _published(draft: SchemeVersion, staff, now) -> SchemeVersion:
    said = {"draft_id": draft.pk, "user": staff}
    drafting.change_study_rules(**said, revision=0, rules={"daily_minutes": 240})
    later = _facts(draft, effective_from=date(2027, 1, 1))
    drafting.describe_draft(**said, revision=1, facts=later, reason="每日上限下调")
    return drafting.publish_draft(**said, revision=2, now=now)


def test_a_published_version_begins_on_its_day_and_is_written_into_the_audit_book(draft, version, staff, now) -> None:
    published = _published(draft, staff, now)
    assert study_rules_of(published).daily_minutes == 240
    assert current_version(now) == version
    assert current_version(now + timedelta(days=60)) == published
    event = AuditEvent.objects.get(action="scheme-published")
    assert (event.actor, event.detail["number"], event.detail["reason"]) == (
        f"user:{staff.pk}",
        "2026.3",
        "每日上限下调",
    )


@pytest.mark.db
def test_nothing_of_a_published_version_is_ever_changed(draft, staff, now) -> None:
    _published(draft, staff, now)
    with pytest.raises(PublishedVersionChanged):
        ruling.remove_rule(draft_id=draft.pk, revision=3, level="junior", path=(0,), user=staff)
    with pytest.raises(PublishedVersionChanged):
        drafting.publish_draft(draft_id=draft.pk, revision=3, user=staff, now=now)
    draft.refresh_from_db()
    rows = (
        SchemeVersion.objects.filter(pk=draft.pk),
        Level.objects.filter(version=draft),
        Topic.objects.filter(version=draft),
        type(draft.drafting).objects.filter(version=draft),
    )
    changes = ({"title": "改"}, {"name": "改"}, {"title": "改"}, {"reason": "改"})
    for row, change in zip(rows, changes, strict=True):
        assert row.exists()
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            row.update(**change)


def test_any_tree_is_read_for_a_person_in_one_query(version, django_assert_num_queries) -> None:
    tree = version.levels.get(code="junior").requirements
    person = PersonFactory()
    with django_assert_num_queries(1):
        assert evaluate_for(person.pk, tree).met is False
