"""Where each role goes from its desk. A place that this installation has not opened is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.cohorts.enums import Role

Words = str | Promise
MOST_TABS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the house, by the name of its address; `alone` means this page and none below it."""

    name: str
    icon: str
    label: Words
    short: Words
    alone: bool = False

    def leads_to(self, path: str, url: str) -> bool:
        """Whether somebody at `path` is in this place, which lies at `url`."""
        return path == url if self.alone else path.startswith(url)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail; `count` says how much waits there for this person to act, and is empty otherwise."""

    label: Words
    short: Words
    url: str
    icon: str
    current: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the rail under one heading; the first group has none."""

    title: Words
    entries: tuple[Entry, ...]


DESK = Place("desks:desk", "home", _("My desk"), pgettext_lazy("tab", "Desk"), alone=True)
COURSES = Place("courses:catalogue", "book", _("Courses"), pgettext_lazy("tab", "Courses"))
EXAMS = Place("exams:list", "paper", _("Exams"), pgettext_lazy("tab", "Exams"))
RUN_EXAMS = Place("exams:desk", "paper", _("Exams"), pgettext_lazy("tab", "Exams"))
SIMULATIONS = Place("simulations:list", "deal", _("Deal simulations"), pgettext_lazy("tab", "Deals"))
RUN_SIMULATIONS = Place("simulations:desk", "deal", _("Deal simulations"), pgettext_lazy("tab", "Deals"))
STATEMENT = Place("credits:statement", "stack", _("Hours and credits"), pgettext_lazy("tab", "Hours"))
CREDITS = Place("credits:standing", "coin", _("Contribution credits"), pgettext_lazy("tab", "Credits"))
CLAIMS = Place("credits:desk-claims", "coin", _("Contribution credits"), pgettext_lazy("tab", "Credits"))
PORTFOLIOS = Place("credits:portfolio-desk", "stack", _("Portfolios"), pgettext_lazy("tab", "Portfolios"))
CREDIT_RULES = Place("credits:desk-rules", "law", _("Credit rules"), pgettext_lazy("tab", "Rules"))
RENEWALS = Place("certificates:renewals", "redo", _("Renewals"), pgettext_lazy("tab", "Renewals"))
CERTIFICATES = Place("certificates:mine", "seal", _("Certificates"), pgettext_lazy("tab", "Certificates"))
OFFERINGS = Place("courses:offerings", "cal", _("Offerings"), pgettext_lazy("tab", "Offerings"))
RELEASES = Place("courses:releases", "redo", _("Course versions"), pgettext_lazy("tab", "Versions"))
APPLICATIONS = Place("courses:base-applications", "paper", _("Applications"), pgettext_lazy("tab", "Applications"))
MY_APPLICATIONS = Place("courses:my-applications", "paper", _("My applications"), pgettext_lazy("tab", "Applications"))
DECISIONS = Place("certificates:decisions", "shield", _("Decisions"), pgettext_lazy("tab", "Decisions"))
VERIFY = Place("certificates:verify", "search", _("Check a certificate"), pgettext_lazy("tab", "Check"))
ME = Place("desks:me", "person", _("My data and sign-in"), pgettext_lazy("tab", "Me"), alone=True)
ANNOUNCEMENTS = Place("courses:announcements", "news", _("Announcements"), pgettext_lazy("tab", "News"))
MODERATION = Place("courses:moderation", "ask", _("Moderation"), pgettext_lazy("tab", "Questions"))
MY_PRACTICE = Place("courses:my-practice", "building", _("Practice records"), pgettext_lazy("tab", "Practice"))
PRACTICE = Place("courses:base-practice", "building", _("Practice records"), pgettext_lazy("tab", "Practice"))
CALENDAR = Place("courses:my-calendar", "cal", _("Calendar"), pgettext_lazy("tab", "Calendar"))
BANK = Place("exams:banks", "stack", _("Question bank"), pgettext_lazy("tab", "Bank"))
APPEALS = Place("exams:desk-appeals", "flag", _("Appeals"), pgettext_lazy("tab", "Appeals"))
MARKING = Place("marking:home", "note", pgettext_lazy("room", "Marking"), pgettext_lazy("tab", "Marking"))
SCENARIOS = Place("simulations:scenarios", "deal", _("Scenarios"), pgettext_lazy("tab", "Scenarios"))
EDITOR = Place("wagtailadmin_home", "note", _("Editor"), pgettext_lazy("tab", "Editor"))

Plan = tuple[tuple[Words, tuple[Place, ...]], ...]
_BASE: Plan = (
    ("", (DESK, APPLICATIONS, DECISIONS, RENEWALS, CLAIMS)),
    (
        _("Teaching"),
        (OFFERINGS, RELEASES, RUN_EXAMS, RUN_SIMULATIONS, MARKING, APPEALS, PRACTICE, ANNOUNCEMENTS, MODERATION, BANK),
    ),
    (_("Other"), (COURSES, VERIFY, ME)),
)
_TEACHING: Plan = (
    ("", (DESK,)),
    (_("Teaching"), (RUN_SIMULATIONS, MARKING, PRACTICE, ANNOUNCEMENTS, MODERATION, BANK)),
    (_("Other"), (COURSES, VERIFY, ME)),
)
PLANS: dict[Role, Plan] = {
    Role.TRAINEE: (
        ("", (DESK, COURSES, EXAMS, SIMULATIONS, CALENDAR)),
        (_("My records"), (STATEMENT, CREDITS, MY_PRACTICE, CERTIFICATES, MY_APPLICATIONS)),
        (_("Other"), (VERIFY, ME)),
    ),
    Role.TRAINER: _TEACHING,
    Role.MARKER: (("", (DESK, MARKING)), (_("Other"), (COURSES, VERIFY, ME))),
    Role.BASE_MANAGER: _BASE,
    Role.CERTIFIER: (("", (DESK, DECISIONS, RENEWALS, CLAIMS, PORTFOLIOS, VERIFY)), (_("Other"), (ME,))),
    Role.VERIFIER: (("", (DESK, CLAIMS, VERIFY)), (_("Other"), (ME,))),
    Role.AUTHORITY_OFFICER: (("", (DESK, CLAIMS, VERIFY)), (_("Other"), (ME,))),
}


# Who runs the site and wears no other hat.
STAFF_PLAN: Plan = (
    ("", (DESK, EDITOR, SCENARIOS, CREDIT_RULES)),
    (_("As a trainee"), (COURSES, EXAMS, SIMULATIONS, STATEMENT, CREDITS, CERTIFICATES)),
    (_("Other"), (VERIFY, ME)),
)


def address(name: str, *args: Any) -> str:
    """The address of a page by name; empty where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def groups_for(role: Role, *, editor: bool, path: str, counts: Mapping[str, str] | None = None) -> list[Group]:
    """The rail of a role; who may edit the site finds the editor there too. `counts` go by names of addresses."""
    plan = _plan(role, editor=editor)
    opened = [(title, [(place, url) for place in places if (url := address(place.name))]) for title, places in plan]
    around = [url for _title, places in opened for place, url in places if place.leads_to(path, url)]
    here = max(around, key=len, default="")
    return [
        Group(title, tuple(_entry(place, url, here, (counts or {}).get(place.name, "")) for place, url in places))
        for title, places in opened
        if places
    ]


def _plan(role: Role, *, editor: bool) -> Plan:
    if not editor:
        return PLANS[role]
    return STAFF_PLAN if role == Role.TRAINEE else (*PLANS[role], (_("Site"), (EDITOR,)))


def tabs_of(groups: list[Group]) -> list[Entry]:
    """The first places, as many as a phone has room for."""
    return [entry for group in groups for entry in group.entries][:MOST_TABS]


def _entry(place: Place, url: str, here: str, count: str) -> Entry:
    return Entry(place.label, place.short, url, place.icon, current=url == here, count=count)
