from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.cohorts.models import Organisation
from lms.credits.forms.kind_rules import KindForm
from lms.credits.forms.rules import TermsForm
from lms.credits.models import CreditRules
from lms.credits.selectors.rules import table_of
from lms.credits.services.drafting_rules import change_kind, change_terms
from lms.credits.services.rule_files import write_rules_file
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.credit_rules import drafted, published

pytestmark = [pytest.mark.face, pytest.mark.django_db]


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
def draft(base: Organisation, manager: Any) -> CreditRules:
    return drafted(organisation=base, user=manager)


def page(draft: CreditRules, name: str = "version", *more: str) -> str:
    return reverse(f"credits:desk-rules-{name}", args=[draft.uid, *more])


def typed(initial: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """What a browser sends of a form that shows `initial`."""
    return {name: "" if value is None else str(value) for name, value in {**initial, **changed}.items()}


def kind_form(draft: CreditRules, kind: str, **changed: Any) -> dict[str, Any]:
    return typed({**KindForm.of(table_of(draft), kind), "revision": draft.revision}, **changed)


def test_a_saved_form_with_nothing_changed_changes_nothing(client, draft: CreditRules):
    before = draft.data
    for kind in table_of(draft).kinds:
        answer = client.post(page(draft, "kind", kind), kind_form(draft, kind))
        assert answer.status_code == 302
        draft.refresh_from_db()
    answer = client.post(page(draft, "terms"), typed({**TermsForm.of(table_of(draft)), "revision": draft.revision}))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert table_of(draft) == table_of(CreditRules(state="draft", data=before))
    assert draft.revision == len(table_of(draft).kinds) + 1


def test_bands_are_changed_added_and_taken_out_on_the_page(client, draft: CreditRules):
    rule = "contract-registered"
    changed = {f"{rule}.up_to_5": "50000000.00", f"{rule}.band_5": "30.00", f"{rule}.band_6": "40.00"}
    taken_out = {f"{rule}.up_to_1": "", f"{rule}.band_1": ""}
    steps = {f"{rule}.after_2": "", f"{rule}.percent_2": ""}
    client.post(page(draft, "kind", "contract"), kind_form(draft, "contract", **changed, **taken_out, **steps))
    draft.refresh_from_db()
    found = table_of(draft).rule(rule)
    assert [(band.up_to, band.points) for band in found.bands] == [
        (Decimal("500000.00"), Decimal("10.00")),
        (Decimal("2000000.00"), Decimal("15.00")),
        (Decimal("10000000.00"), Decimal("20.00")),
        (Decimal("50000000.00"), Decimal("30.00")),
        (None, Decimal("40.00")),
    ]
    assert [(step.after, step.percent) for step in found.diminishing] == [(5, 50)]


def test_cap_and_window_are_taken_away_and_fading_is_set(client, draft: CreditRules):
    changed = {"cap_per_year": "", "valid_years": "3", "decay": "100，80 60"}
    client.post(page(draft, "kind", "match"), kind_form(draft, "match", **changed))
    draft.refresh_from_db()
    terms = table_of(draft).kind("match")
    assert (terms.cap_per_year, terms.valid_years, terms.decay) == (None, 3, (100, 80, 60))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"match-made.points": "-2"}, "match-made.points"),
        ({"match-made.points": "NaN"}, "match-made.points"),
        ({"match-made.points": "2.005"}, "match-made.points"),
        ({"match-made.points": "10000"}, "match-made.points"),
        ({"cap_per_year": "0"}, "cap_per_year"),
        ({"decay": "100, 120"}, "decay"),
        ({"decay": "1e2"}, "decay"),
        ({"match-made.percent_2": "10"}, "match-made.after_2"),
        ({"match-made.after_1": ""}, "match-made.after_1"),
        ({"match-made.title": ""}, "match-made.title"),
    ],
)
def test_bad_figures_are_told_at_their_field_and_nothing_is_saved(
    client, draft: CreditRules, changed: dict[str, str], said: str
):
    answer = client.post(page(draft, "kind", "match"), kind_form(draft, "match", **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [said])
    draft.refresh_from_db()
    assert draft.revision == 0


def test_figures_that_do_not_fit_together_are_told_in_words(client, draft: CreditRules):
    changed = {"contract-registered.band_5": "1.00"}
    answer = client.post(page(draft, "kind", "contract"), kind_form(draft, "contract", **changed))
    assert answer.status_code == 400
    assert "高档的分值不能低于低档" in answer.content.decode()


def test_a_page_of_before_keeps_what_was_typed_and_says_what_stands_now(client, manager: Any, draft: CreditRules):
    old = kind_form(draft, "match", **{"match-made.points": "7.77"})
    change_kind(
        rules=draft,
        revision=0,
        kind="match",
        terms={"cap_per_year": "30.00", "valid_years": 3},
        changed={"match-made": {"points": "2.50"}},
        user=manager,
    )
    answer = client.post(page(draft, "kind", "match"), old)
    content = answer.content.decode()
    assert answer.status_code == 409
    assert ('value="7.77"' in content, "草稿现在写的是：2.5" in content, "草稿现在写的是：30" in content) == (
        True,
        True,
        True,
    )
    draft.refresh_from_db()
    assert str(table_of(draft).rule("match-made").points) == "2.50"
    again = {**old, "revision": answer.context["form"]["revision"].value(), "cap_per_year": "30.00"}
    assert client.post(page(draft, "kind", "match"), again).status_code == 302
    draft.refresh_from_db()
    assert str(table_of(draft).rule("match-made").points) == "7.77"


def test_what_another_wrote_into_the_draft_is_shown_as_text(client, manager: Any, draft: CreditRules):
    old = typed({**TermsForm.of(table_of(draft)), "revision": 0})
    change_terms(rules=draft, revision=0, terms={"source": "<b onclick=x>出处</b>"}, user=manager)
    content = client.post(page(draft, "terms"), old).content.decode()
    assert "草稿现在写的是：&lt;b onclick=x&gt;出处&lt;/b&gt;" in content
    assert "<b onclick" not in content


def test_terms_are_changed_on_the_page(client, draft: CreditRules):
    said = typed(
        {**TermsForm.of(table_of(draft)), "revision": 0},
        stars="10, 30.5, 60",
        two_people_from="20",
        days_to_answer="10",
        practice_percent="50",
    )
    assert client.post(page(draft, "terms"), said).status_code == 302
    draft.refresh_from_db()
    table = table_of(draft)
    assert [(star.stars, star.points) for star in table.stars] == [(1, 10), (2, Decimal("30.50")), (3, 60)]
    assert (table.claims.two_people_from, table.claims.days_to_answer, table.practice_percent) == (20, 10, 50)


def test_a_file_goes_out_and_comes_in_again(client, draft: CreditRules):
    out = client.get(page(draft, "file"))
    assert "attachment" in out["Content-Disposition"]
    data = yaml.safe_load(out.content)
    data["rules"][0]["points"] = "1.50"
    upload = SimpleUploadedFile("rules.yaml", write_rules_file(data))
    answer = client.post(page(draft, "file"), {"revision": 0, "file": upload})
    assert answer["Location"] == page(draft, "differences")
    content = client.get(answer["Location"]).content.decode()
    assert "<del>1 分</del> → <ins>1.5 分</ins>" in content


def test_a_file_with_faults_lists_them_by_place(client, draft: CreditRules):
    data = {**draft.data, "stars": [], "gossip": 1}
    upload = SimpleUploadedFile("rules.yaml", write_rules_file(data))
    answer = client.post(page(draft, "file"), {"revision": 0, "file": upload})
    assert answer.status_code == 400
    assert {path for path, _reason in answer.context["faults"]} == {"stars", "gossip"}
    assert "至少要有一项" in answer.content.decode()


def test_a_file_for_a_draft_that_changed_is_refused(client, manager: Any, draft: CreditRules):
    change_terms(rules=draft, revision=0, terms={"practice_percent": "50.00"}, user=manager)
    upload = SimpleUploadedFile("rules.yaml", write_rules_file(draft.data))
    assert client.post(page(draft, "file"), {"revision": 0, "file": upload}).status_code == 409


def test_differences_tell_what_was_changed_in_words(client, manager: Any, draft: CreditRules):
    assert "没有不同" in client.get(page(draft, "differences")).content.decode()
    change_kind(
        rules=draft,
        revision=0,
        kind="demand",
        terms={"cap_per_year": "5.00", "valid_years": 3},
        changed={"demand-filed": {"diminishing": None}},
        user=manager,
    )
    content = client.get(page(draft, "differences")).content.decode()
    assert "<del>每个自然年最多 10 分 · 3 年内有效</del> → <ins>每个自然年最多 5 分 · 3 年内有效</ins>" in content
    assert "<del>一年内超过 6 件的，每件按 50 % 计</del> → <ins>—</ins>" in content


def test_a_published_version_has_no_page_to_change_it(client, base: Organisation, manager: Any):
    rules = published(organisation=base)
    assert client.get(page(rules)).status_code == 200
    pages = [page(rules, "facts"), page(rules, "terms"), page(rules, "kind", "match")]
    assert [client.get(address).status_code for address in pages] == [404, 404, 404]
    assert client.post(page(rules, "publish"), {"revision": 0, "reason": "x"}).status_code == 404


def test_a_kind_without_rules_has_no_page(client, draft: CreditRules):
    assert client.get(page(draft, "kind", "gossip")).status_code == 404
