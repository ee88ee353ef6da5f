"""What the search of a desk finds, room by room: each asks once, within what the role now on may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from certificates.selectors.finding import certificates_found, decisions_found
from cms.design.templatetags.dates import day
from cms.foundation.enums import PublicKind
from cms.foundation.selectors.excerpts import Asked
from cms.foundation.selectors.finding import best_first, open_texts, shown
from courses.selectors.catalogue import LEVEL_LABELS
from courses.selectors.finding import learner_addresses
from courses.services.finding import ANCHOR
from lms.cohorts.selectors.finding import cohorts_found, members_found
from lms.exams.selectors.finding import exams_found, seats_found
from lms.kernel.bigrams import runs
from lms.kernel.levels import LevelCode
from simulations.selectors.finding import attempts_found

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

SHOWN = 8
TEXTS_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; without an address where it has no page of its own."""

    title: SafeString
    url: str
    meta: SafeString | str
    text: SafeString | str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Things of one kind; `more` when there are more than are shown."""

    label: str | Promise
    hits: tuple[Hit, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks for what, and of which organisations; of none, for what is one's own."""

    request: "HttpRequest"
    user: "User"
    organisations: "QuerySet[Organisation]"
    query: str
    asked: Asked

    @property
    def words(self) -> list[str]:
        """What has to stand in a name or a title, all of it: 2026秋季班 finds 2026 秋季班, a code stays whole."""
        return [word for part in self.query.split() for word in _words(part)]


def people(scope: Scope) -> HitGroup:
    """People on the rosters, with the cohort of each place."""

    marked = scope.asked.marked

    def hit(place: Any) -> Hit:
        person, cohort = place.person, place.cohort
        mail = person.user.email if person.user else ""
        said = _joined(cohort.local_title, place.get_state_display(), marked(place.employer))
        reached = _joined(marked(mail), marked(person.latin_name))
        return Hit(marked(person.real_name), _cohort_address(cohort), said, reached)

    return _group(
        pgettext("found in a search", "People"), members_found(scope.user, scope.organisations, scope.words), hit
    )


def cohorts(scope: Scope) -> HitGroup:
    """Cohorts."""

    def hit(cohort: Any) -> Hit:
        said = _joined(cohort.code, _level(cohort.level), day(cohort.starts_on), cohort.organisation.local_name)
        return Hit(scope.asked.marked(cohort.local_title), _cohort_address(cohort), said)

    return _group(_("Cohorts"), cohorts_found(scope.user, scope.organisations, scope.words), hit)


def decisions(scope: Scope) -> HitGroup:
    """Decisions, by whom they are about."""

    def hit(decision: Any) -> Hit:
        said = _joined(_level(decision.level), decision.get_state_display(), day(decision.prepared_at))
        return Hit(scope.asked.marked(decision.person.real_name), _decision_address(decision), said)

    return _group(_("Decisions"), decisions_found(scope.user, scope.organisations, scope.words), hit)


def certificates(scope: Scope) -> HitGroup:
    """Certificates of the organisations, each with the file behind it."""
    found = certificates_found(scope.user, scope.organisations, scope.words)
    return _group(_("Certificates"), found, lambda each: _certificate(scope, each, _decision_address(each.decision)))


def own_certificates(scope: Scope) -> HitGroup:
    """One's own certificates."""
    found = certificates_found(scope.user, None, scope.words)
    return _group(_("Certificates"), found, lambda each: _certificate(scope, each, reverse("certificates:mine")))


def exams(scope: Scope) -> HitGroup:
    """Exams of the organisations; they have no page of their own at a desk."""

    def hit(exam: Any) -> Hit:
        said = _joined(_level(exam.level), day(exam.opens_at), exam.organisation.local_name)
        return Hit(scope.asked.marked(_title(exam)), "", said)

    return _group(_("Exams"), exams_found(scope.user, scope.organisations, scope.words), hit)


def own_exams(scope: Scope) -> HitGroup:
    """Exams in which one has a seat."""

    def hit(seat: Any) -> Hit:
        said = _joined(_level(seat.exam.level), day(seat.exam.opens_at), seat.ticket_code)
        return Hit(scope.asked.marked(_title(seat.exam)), reverse("exams:list"), said)

    return _group(_("Exams"), seats_found(scope.user, scope.words), hit)


def own_simulations(scope: Scope) -> HitGroup:
    """Cases that one has played or plays."""

    def hit(attempt: Any) -> Hit:
        name = "simulations:debrief" if attempt.ended_at else "simulations:room"
        said = _joined(attempt.get_state_display(), day(attempt.started_at))
        return Hit(scope.asked.marked(_title(attempt.scenario_version)), reverse(name, args=[attempt.uid]), said)

    return _group(_("Deal simulations"), attempts_found(scope.user, scope.words), hit)


def own_lessons_and_help(scope: Scope) -> list[HitGroup]:
    """Lessons of the courses that one studies, as one reads them, and help."""
    addresses = learner_addresses(scope.user)
    studied = Q(kind=PublicKind.LESSON, page__in={page for page, _uid in addresses})
    rows = list(best_first(scope.query, open_texts().filter(studied | Q(kind=PublicKind.HELP)))[:TEXTS_LOOKED_AT])
    lessons = [
        (row, url)
        for row in rows
        if row.kind == PublicKind.LESSON and (url := addresses.get((row.page_id, row.place.removeprefix(ANCHOR))))
    ]
    return [_group(_("Lessons"), lessons, lambda each: _text(scope, *each)), _help(scope, rows)]


def help_pages(scope: Scope) -> HitGroup:
    """Help."""
    rows = best_first(scope.query, open_texts().filter(kind=PublicKind.HELP))[: SHOWN + 1]
    return _help(scope, list(rows))


def _help(scope: Scope, rows: Iterable[Any]) -> HitGroup:
    found = [(row, f"{row.page.get_url(scope.request)}{row.place}") for row in rows if row.kind == PublicKind.HELP]
    return _group(pgettext("found in a search", "Help"), found, lambda each: _text(scope, *each))


def _text(scope: Scope, row: Any, url: str) -> Hit:
    said = shown(scope.asked, row)
    return Hit(said.title, url, said.about, said.text, said.language)


def _certificate(scope: Scope, each: Any, url: str) -> Hit:
    said = _joined(each.person.real_name, _level(each.level), each.get_state_display(), day(each.issued_on))
    return Hit(scope.asked.marked(each.serial), url, said)


def _words(part: str) -> list[str]:
    cut = list(runs(part))
    return [part] if all(latin for latin, _run in cut) else [run for _latin, run in cut]


def _group(label: str, rows: Any, hit: Callable[[Any], Hit]) -> HitGroup:
    """The first of the rows; one more is fetched to know whether there are more."""
    first = list(rows[: SHOWN + 1])
    return HitGroup(label, tuple(hit(row) for row in first[:SHOWN]), more=len(first) > SHOWN)


def _joined(*parts: object) -> SafeString:
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _level(code: str) -> str:
    return str(LEVEL_LABELS[LevelCode(code)])


def _title(thing: Any) -> str:
    return str(thing.title_en if get_language() == "en" and thing.title_en else thing.title)


def _cohort_address(cohort: Any) -> str:
    return f"{reverse('cohorts:cohort', args=[cohort.code])}?base={cohort.organisation.code}"


def _decision_address(decision: Any) -> str:
    return reverse("certificates:decision", args=[decision.uid])
