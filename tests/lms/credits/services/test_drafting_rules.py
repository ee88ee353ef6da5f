from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from lms.cohorts.enums import Role
from lms.cohorts.models import Organisation
from lms.credits.models import CreditRules, RulesTrial
from lms.credits.selectors.rules import table_of
from lms.credits.services.drafting_rules import (
    MayNotWriteRules,
    NoSuchDraft,
    RulesNotRight,
    StaleRules,
    change_kind,
    change_terms,
    describe_rules,
    discard_draft,
    replace_by_file,
)
from lms.credits.services.rule_files import FileNotReadable, write_rules_file
from lms.records.models import AuditEvent
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.credit_rules import drafted, published, scheme_rules

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def manager_of(organisation: Organisation, role: Role = Role.BASE_MANAGER) -> Any:
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def base() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def manager(base: Organisation) -> Any:
    return manager_of(base)


@pytest.fixture
def draft(base: Organisation, manager: Any) -> CreditRules:
    return drafted(organisation=base, user=manager)


def test_a_draft_says_everything_that_its_base_says(base: Organisation, draft: CreditRules, manager: Any):
    shipped = scheme_rules()
    assert (draft.code, draft.state, draft.revision) == (f"{base.code}/2026.1", "draft", 0)
    assert (draft.based_on, draft.drafted_by, draft.effective_from) == (shipped, manager, date(2026, 10, 1))
    assert table_of(draft) == table_of(shipped).model_copy(update={"version": draft.code})
    assert AuditEvent.objects.filter(action="credits.rules-drafted", subject=f"credits.rules:{draft.pk}").count() == 1


def test_each_draft_of_a_year_has_its_own_number(base: Organisation, manager: Any):
    codes = [drafted(organisation=base, user=manager).code for _n in range(3)]
    assert codes == [f"{base.code}/2026.{n}" for n in (1, 2, 3)]
    late = drafted(organisation=base, user=manager, now=datetime(2026, 12, 31, 20, tzinfo=UTC))
    assert (late.code, late.effective_from) == (f"{base.code}/2027.1", date(2027, 2, 1))


@pytest.mark.parametrize("role", [Role.TRAINER, Role.CERTIFIER, Role.VERIFIER, Role.AUTHORITY_OFFICER])
def test_only_managers_draft_for_their_base(base: Organisation, role: Role):
    with pytest.raises(MayNotWriteRules):
        drafted(organisation=base, user=manager_of(base, role))


def test_a_manager_drafts_neither_for_another_base_nor_for_the_scheme(manager: Any):
    for organisation in (OrganisationFactory(), None):
        with pytest.raises(MayNotWriteRules):
            drafted(organisation=organisation, user=manager)


def test_the_platforms_staff_draft_for_the_scheme():
    staff = PersonFactory(user__is_superuser=True).user
    draft = drafted(organisation=None, user=staff)
    assert (draft.code, draft.organisation) == ("2026.3", None)


def test_a_kind_is_changed_and_the_rest_stays(draft: CreditRules, manager: Any):
    changed = change_kind(
        rules=draft,
        revision=0,
        kind="match",
        terms={"cap_per_year": "30.00", "valid_years": 2, "decay": None},
        changed={"match-made": {"points": "2.50", "diminishing": None}},
        user=manager,
    )
    table, before = table_of(changed), table_of(scheme_rules())
    assert (changed.revision, table.kind("match").cap_per_year, table.kind("match").valid_years) == (1, 30, 2)
    assert (str(table.rule("match-made").points), table.rule("match-made").diminishing) == ("2.50", ())
    kept = [rule for rule in table.rules if rule.code != "match-made"]
    assert kept == [rule for rule in before.rules if rule.code != "match-made"]
    assert table.rule("match-made").fields == before.rule("match-made").fields


def test_terms_are_changed(draft: CreditRules, manager: Any):
    stars = [{"stars": 1, "points": "30.00"}]
    changed = change_terms(rules=draft, revision=0, terms={"practice_percent": "50.00", "stars": stars}, user=manager)
    table = table_of(changed)
    assert (table.practice_percent, [star.points for star in table.stars]) == (50, [30])
    assert table.claims == table_of(scheme_rules()).claims


def test_facts_are_changed_in_the_table_too(draft: CreditRules, manager: Any):
    facts = {"title": "新规则", "title_en": "New rules", "effective_from": date(2027, 1, 1), "reason": "试"}
    changed = describe_rules(rules=draft, revision=0, facts=facts, user=manager)
    assert (changed.title, changed.effective_from, changed.reason) == ("新规则", date(2027, 1, 1), "试")
    assert (changed.data["title"], changed.data["title_en"]) == ("新规则", "New rules")


def test_a_page_opened_before_another_change_overwrites_nothing(draft: CreditRules, manager: Any):
    change_terms(rules=draft, revision=0, terms={"practice_percent": "50.00"}, user=manager)
    with pytest.raises(StaleRules) as refusal:
        change_terms(rules=draft, revision=0, terms={"practice_percent": "10.00"}, user=manager)
    draft.refresh_from_db()
    assert (refusal.value.status, draft.data["practice_percent"], draft.revision) == (409, "50.00", 1)


def test_a_change_that_leaves_no_whole_table_is_refused_with_its_place(draft: CreditRules, manager: Any):
    bands = [{"up_to": "500.00", "points": "5.00"}]
    with pytest.raises(RulesNotRight) as refusal:
        change_kind(
            rules=draft,
            revision=0,
            kind="contract",
            terms={},
            changed={"contract-registered": {"bands": bands}},
            user=manager,
        )
    assert refusal.value.faults == [("rules[contract-registered]", "最后一档、也只有最后一档，没有上限。")]
    draft.refresh_from_db()
    assert draft.revision == 0


def test_a_published_version_has_nothing_to_change(base: Organisation, manager: Any):
    with pytest.raises(NoSuchDraft):
        change_terms(rules=published(organisation=base), revision=0, terms={}, user=manager)


def test_a_written_file_can_be_put_into_a_draft_again(draft: CreditRules, manager: Any):
    data = deepcopy(draft.data)
    data["rules"] = [rule for rule in data["rules"] if rule["code"] != "article"]
    changed = replace_by_file(
        rules=draft, revision=0, content=write_rules_file({**data, "version": "other"}), user=manager
    )
    table = table_of(changed)
    assert (changed.code, table.version) == (draft.code, draft.code)
    assert "article" not in {rule.code for rule in table.rules}
    assert len(table.rules) == len(table_of(scheme_rules()).rules) - 1


def test_every_fault_of_a_file_is_told_by_its_place(draft: CreditRules, manager: Any):
    data = deepcopy(draft.data)
    data["rules"][0]["pionts"] = "1.00"
    data["stars"][0]["points"] = "-1"
    with pytest.raises(RulesNotRight) as refusal:
        replace_by_file(rules=draft, revision=0, content=write_rules_file(data), user=manager)
    assert [path for path, _reason in refusal.value.faults] == ["stars[1].points", "rules[demand-filed].pionts"]


@pytest.mark.parametrize("code", ["exam-passed", "simulation-passed"])
def test_rules_by_which_the_platform_posts_cannot_be_taken_out(draft: CreditRules, manager: Any, code: str):
    data = deepcopy(draft.data)
    data["rules"] = [rule for rule in data["rules"] if rule["code"] != code]
    with pytest.raises(RulesNotRight) as refusal:
        replace_by_file(rules=draft, revision=0, content=write_rules_file(data), user=manager)
    assert refusal.value.faults == [("rules", f"平台按规则 {code} 自动记分；请保留它，并给固定分值。")]


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"{",
        b"- 1\n- 2\n",
        b"!!python/object/apply:os.system ['true']",
        BOMB.encode(),
        ("[" * 40 + "]" * 40).encode(),
        b"a: 1\n" * 200_000,
    ],
)
def test_hostile_files_are_refused_and_change_nothing(draft: CreditRules, manager: Any, content: bytes):
    with pytest.raises(FileNotReadable):
        replace_by_file(rules=draft, revision=0, content=content, user=manager)
    draft.refresh_from_db()
    assert draft.revision == 0


def test_a_written_file_is_plain_yaml_in_chinese(draft: CreditRules):
    text = write_rules_file(draft.data).decode()
    assert yaml.safe_load(text) == draft.data
    assert "提出企业技术需求" in text
    assert "&id" not in text


def test_a_draft_is_thrown_away_with_its_dry_runs(draft: CreditRules, manager: Any, now: datetime):
    RulesTrial.objects.create(rules=draft, revision=0, asked_by=manager, asked_at=now)
    discard_draft(rules=draft, revision=0, user=manager, now=now)
    assert not CreditRules.objects.filter(pk=draft.pk).exists()
    assert AuditEvent.objects.filter(action="credits.rules-discarded").count() == 1
