import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from lms.cohorts.models import Organisation
from lms.credits.models import CreditRules, RulesTrial, RulesTrialChange
from lms.jobs.services.work import drain
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.credit_rules import drafted

pytestmark = [pytest.mark.face, pytest.mark.django_db]
LINE = {"source": "x", "rule": "match-made", "year": 2026, "before": "2.00", "after": "1.00", "why": "capped"}


@pytest.fixture
def base() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def manager(base: Organisation, client: Any, clock: Any) -> Any:
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=base)
    client.force_login(user)
    return user


@pytest.fixture
def draft(base: Organisation, manager: Any, now: Any) -> CreditRules:
    return drafted(organisation=base, user=manager, now=now)


def trial_of(draft: CreditRules, now: Any, people: int, **names: Any) -> RulesTrial:
    trial = RulesTrial.objects.create(
        rules=draft, revision=draft.revision, asked_by=draft.drafted_by, asked_at=now, finished_at=now, people=people
    )
    changed = [PersonFactory(**names) for _n in range(people)]
    RulesTrialChange.objects.bulk_create(
        [RulesTrialChange(trial=trial, person=each, before="12.00", after="11.00", lines=[LINE]) for each in changed]
    )
    return trial


def test_a_draft_is_tried_looked_at_and_published(client, manager: Any, draft: CreditRules, now: Any):
    asked = client.post(reverse("credits:desk-rules-try", args=[draft.uid]), {"revision": 0})
    assert "正在试算" in client.get(asked["Location"]).content.decode()
    drain(now=now)
    assert "没有人的积分会变" in client.get(asked["Location"]).content.decode()
    publish = reverse("credits:desk-rules-publish", args=[draft.uid])
    refused = client.post(publish, {"revision": 0, "reason": ""})
    assert (refused.status_code, "请写明积分规则为什么修改" in refused.content.decode()) == (400, True)
    client.post(publish, {"revision": 0, "reason": "接续试行"})
    draft.refresh_from_db()
    assert (draft.state, draft.reason, draft.published_by) == ("published", "接续试行", manager)


def test_without_a_dry_run_the_page_says_what_is_missing(client, draft: CreditRules):
    answer = client.post(reverse("credits:desk-rules-publish", args=[draft.uid]), {"revision": 0, "reason": "接续试行"})
    assert answer.status_code == 409
    assert "先按草稿现在的样子试算一次" in answer.content.decode()


def test_a_dry_run_shows_balances_lines_and_reasons(client, draft: CreditRules, now: Any):
    trial = trial_of(draft, now, 1)
    content = client.get(reverse("credits:desk-rules-trial", args=[trial.uid])).content.decode()
    for words in ("12.00", "11.00", "−1.00", "撮合供需对接 · 2026", "达到当年上限", "2025 年 12 月 1 日"):
        assert words in content


def test_a_dry_run_of_an_older_state_says_so(client, draft: CreditRules, now: Any):
    trial = trial_of(draft, now, 0)
    CreditRules.objects.filter(pk=draft.pk).update(revision=1)
    content = client.get(reverse("credits:desk-rules-trial", args=[trial.uid])).content.decode()
    assert "请再试算一次" in content


@pytest.mark.parametrize("people", [10, 1000])
def test_the_page_takes_the_same_queries_however_many_people(
    client, draft: CreditRules, now: Any, people: int, django_assert_num_queries: Any
):
    address = reverse("credits:desk-rules-trial", args=[trial_of(draft, now, people).uid])
    client.get(address)
    with django_assert_num_queries(7):
        answer = client.get(address)
    assert len(answer.context["page"].object_list) == min(people, 20)


def test_the_file_has_a_row_for_every_line_and_no_formulas(client, draft: CreditRules, now: Any):
    trial = trial_of(draft, now, 2, real_name="=1+1")
    answer = client.get(reverse("credits:desk-rules-trial-file", args=[trial.uid]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["姓名", "现有积分", "按草稿的积分", "规则", "年度", "现记分值", "按草稿的分值", "原因"]
    assert rows[1:] == [["'=1+1", "12.00", "11.00", "撮合供需对接", "2026", "2.00", "1.00", "达到当年上限"]] * 2


def test_a_draft_is_thrown_away_on_the_page(client, draft: CreditRules, now: Any):
    trial_of(draft, now - timedelta(1), 2)
    discard = reverse("credits:desk-rules-discard", args=[draft.uid])
    client.post(discard, {"revision": 7})
    assert CreditRules.objects.filter(pk=draft.pk).exists()
    assert client.post(discard, {"revision": 0})["Location"] == reverse("credits:desk-rules")
    assert not CreditRules.objects.filter(pk=draft.pk).exists()
