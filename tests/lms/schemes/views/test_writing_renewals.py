import pytest
from django.test import Client

from lms.schemes.models import Level, SchemeVersion
from lms.schemes.services.drafting import draft_from
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def staff(clock) -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def _draft(name: str, now) -> SchemeVersion:
    return draft_from(version=load_scheme(name, now=now), drafted_by=UserFactory(is_superuser=True), now=now)


@pytest.fixture
def draft(now) -> SchemeVersion:
    return _draft("ttm-2026-4", now)


def _junior(draft: SchemeVersion) -> Level:
    return draft.levels.get(code="junior")


def _credits(**said) -> dict[str, object]:
    return {
        "revision": 0,
        "code": "renewal-credits",
        "title": "本期贡献积分",
        "title_en": "Contribution credits of this cycle",
        "fact": "contribution",
        "at_least": "18",
        "within": "cycle",
        "share_of_practice_at_least": "50",
        "practice": "contract, match",
        "source": "自定",
        "source_en": "Own",
        **said,
    }


def test_the_version_shows_how_its_certificates_are_renewed(draft, staff) -> None:
    page = staff.get(f"/en/desk/schemes/{draft.pk}/").text
    assert "Renewal opens 12 months before the last day." in page
    assert "15 contribution credits or more, counted within the cycle of the certificate" in page
    assert "at least 40 % of them from practice" in page
    assert "nothing of this may stand" in page


def test_a_form_keeps_window_and_share_of_the_rule_it_shows(draft, staff) -> None:
    form = staff.get(f"/en/desk/schemes/{draft.pk}/junior/renewal/renewal/0/").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    answer = staff.post(
        f"/en/desk/schemes/{draft.pk}/junior/renewal/renewal/0/",
        {name: value for name, value in shown.items() if value is not None and value is not False},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"] == f"/en/desk/schemes/{draft.pk}/#junior-renewal"
    before = draft.drafting.based_on.levels.get(code="junior").renewal
    assert _junior(draft).renewal == before


def test_a_rule_of_renewal_is_changed_and_added_without_touching_the_level(draft, staff) -> None:
    before = _junior(draft).requirements
    staff.post(f"/desk/schemes/{draft.pk}/junior/renewal/renewal/0/", _credits())
    changed = _junior(draft).renewal["requirements"]["children"][0]
    assert (changed["at_least"], changed["share_of_practice_at_least"]) == ("18", 50)
    assert (changed["within"], changed["practice"]) == ("cycle", ["contract", "match"])
    added = _credits(
        revision=1, code="late", within="years", years="2", share_of_practice_at_least="", practice="", at_least="3"
    )
    staff.post(f"/desk/schemes/{draft.pk}/junior/renewal/reinstatement/add/?kind=leaf", added)
    last = _junior(draft).renewal["reinstatement"]["children"][-1]
    assert (last["code"], last["within"]) == ("late", {"years": 2})
    assert _junior(draft).requirements == before


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"years": "2"}, "years", "Give the years of a window that is measured in years, and of no other."),
        ({"within": "years"}, "years", "Give the years of a window that is measured in years, and of no other."),
        ({"practice": ""}, "practice", "A share from practice and the kinds that are practice are given together."),
        (
            {"fact": "class-hours"},
            "share_of_practice_at_least",
            "Only contribution credits have a share from practice.",
        ),
        (
            {"absent": "on", "at_least": "", "share_of_practice_at_least": "", "practice": ""},
            "absent",
            "This needs a kind that is added up, and the codes that may not stand.",
        ),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_field(draft, staff, said, field, sentence) -> None:
    answer = staff.post(f"/en/desk/schemes/{draft.pk}/junior/renewal/renewal/0/", _credits(**said))
    assert answer.status_code == 400
    assert answer.context["form"].errors[field] == [sentence]


def test_renewal_is_said_for_a_version_that_had_none_and_taken_out_again(staff, now) -> None:
    draft = _draft("ttm-2026-3", now)
    address = f"/en/desk/schemes/{draft.pk}/junior/renewal/"
    assert "This version says nothing of renewal." in staff.get(f"/en/desk/schemes/{draft.pk}/").text
    assert staff.get(f"{address}renewal/add/?kind=leaf").status_code == 404
    staff.post(address, {"revision": 0, "opens_months": 6, "grace_months": 0})
    assert _junior(draft).renewal["opens_months"] == 6
    assert "reinstatement" not in _junior(draft).renewal
    staff.post(address, {"revision": 1, "opens_months": 6, "grace_months": 3})
    assert _junior(draft).renewal["reinstatement"]["children"] == []
    staff.post(address, {"revision": 2, "act": "remove"})
    assert _junior(draft).renewal is None


def test_a_published_version_keeps_its_rules_of_renewal(staff, now) -> None:
    published = load_scheme("ttm-2026-4", now=now)
    assert staff.get(f"/desk/schemes/{published.pk}/junior/renewal/").status_code == 404
    assert staff.post(f"/desk/schemes/{published.pk}/junior/renewal/renewal/0/", _credits()).status_code == 404
