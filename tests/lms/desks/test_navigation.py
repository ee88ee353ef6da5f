import pytest

from lms.cohorts.enums import Role
from lms.desks.navigation import MOST_TABS, PLANS, address, groups_for, tabs_of

pytestmark = pytest.mark.unit


def _urls(role: Role, path: str = "/desk/", *, editor: bool = False) -> list[list[str]]:
    return [[entry.url for entry in group.entries] for group in groups_for(role, editor=editor, path=path)]


def _current(role: Role, path: str) -> list[str]:
    groups = groups_for(role, editor=False, path=path)
    return [entry.url for group in groups for entry in group.entries if entry.current]


def test_a_page_that_does_not_exist_has_no_address() -> None:
    assert (address("desks:desk"), address("desks:nowhere")) == ("/desk/", "")


def test_every_role_has_a_rail_that_begins_with_the_desk() -> None:
    assert {role: _urls(role)[0][0] for role in Role} == dict.fromkeys(PLANS, "/desk/")


def test_a_trainee_goes_to_study_exam_deal_and_dates() -> None:
    assert _urls(Role.TRAINEE)[0] == ["/desk/", "/courses/", "/exams/", "/simulations/", "/me/calendar/"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/desk/", ["/desk/"]),
        ("/me/", ["/me/"]),
        ("/me/ledger/", ["/me/ledger/"]),
        ("/accounts/2fa/", []),
        ("/me/notices/", []),
        ("/desk/search/", []),
    ],
)
def test_one_place_at_most_is_the_current_one(path: str, current: list[str]) -> None:
    assert _current(Role.TRAINEE, path) == current


def test_editors_find_the_editor_whatever_their_role() -> None:
    assert _urls(Role.TRAINER, editor=True)[-1] == ["/cms-admin/"]


def test_who_runs_the_site_finds_editor_scenarios_and_credit_rules_beside_the_desk() -> None:
    assert _urls(Role.TRAINEE, editor=True)[0] == ["/desk/", "/cms-admin/", "/desk/scenarios/", "/desk/credits/rules/"]


@pytest.mark.parametrize("role", [Role.TRAINER, Role.MARKER])
def test_who_has_no_part_in_decisions_is_not_led_to_them(role: Role) -> None:
    assert all("/base/decisions/" not in group for group in _urls(role))


def test_a_marker_is_not_led_to_the_desks_of_those_who_teach() -> None:
    teaching = {"/base/practice/", "/base/announcements/", "/base/moderation/", "/desk/bank/"}
    led = {role: teaching & {url for group in _urls(role) for url in group} for role in (Role.TRAINER, Role.MARKER)}
    assert led == {Role.TRAINER: teaching, Role.MARKER: set()}


def test_a_phone_shows_the_first_places_only() -> None:
    tabs = tabs_of(groups_for(Role.TRAINEE, editor=False, path="/desk/"))
    assert [tab.url for tab in tabs] == ["/desk/", "/courses/", "/exams/", "/simulations/"]
    assert len(tabs) == MOST_TABS


def test_a_place_says_how_much_waits_there() -> None:
    groups = groups_for(Role.CERTIFIER, editor=False, path="/desk/", counts={"certificates:decisions": "3"})
    assert {entry.url: entry.count for entry in groups[0].entries} == {
        "/desk/": "",
        "/base/decisions/": "3",
        "/desk/renewals/": "",
        "/desk/credits/claims/": "",
        "/desk/credits/portfolios/": "",
        "/verify/": "",
    }


def test_who_runs_a_base_is_led_to_its_exams_and_nobody_else() -> None:
    led = {role for role in Role if any("/desk/exams/" in group for group in _urls(role))}
    assert led == {Role.BASE_MANAGER}


def test_those_who_mark_or_lead_a_round_are_led_to_the_marking() -> None:
    led = {role for role in Role if any("/desk/marking/" in group for group in _urls(role))}
    assert led == {Role.MARKER, Role.TRAINER, Role.BASE_MANAGER}


def test_who_decides_appeals_is_led_to_them_and_nobody_else() -> None:
    led = {role for role in Role if any("/desk/appeals/" in group for group in _urls(role))}
    assert led == {Role.BASE_MANAGER}
