"""The class debrief: how a cohort played a case, without names, to be talked about and printed; and its file."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.design.charts import Axis, Histogram, Limit, RadarChart, ScatterChart, Series, Spot, SpotWords
from simulations.enums import COMPETENCY_NAMES
from simulations.selectors.classes import ClassRecord, Deal, class_record, competency_names
from simulations.selectors.queues import attempts_of_class
from simulations.selectors.scenarios import engine_language, scenario_in
from simulations.services.exporting import FORMATS, results_file

from .finding import assignment_or_404, tabs

_STEPS = list(range(0, 101, 10))
_TALKS = 3
# Fewer deals than this are a handful, not a pattern.
_FEW_PEOPLE = 3


@never_cache
@require_safe
@login_required
def debrief(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How the class played: deals, scores, items, competencies, traps, and three things to talk about."""
    assignment = assignment_or_404(request, uid)
    record = class_record(assignment)
    a, b = _sides(record)
    context = {
        "tabs": tabs(request, "simulations:desk"),
        "assignment": assignment,
        "record": record,
        "talks": talks(record),
        "deals": _deals(record, a, b),
        "scores": _scores(record),
        "radar": _radar(record),
        "competencies": [
            {"name": str(COMPETENCY_NAMES.get(code, code)), "code": code, "percent": percent, "weight": weight * 100}
            for code, percent, weight in record.competencies
        ],
        "a_name": a,
        "b_name": b,
        "too_few": record.people < _FEW_PEOPLE,
    }
    return render(request, "simulations/desk/class.html", context)


@require_safe
@login_required
def results(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The attempts of the class as a workbook or as text; no cell of it can be read as a formula."""
    assignment = assignment_or_404(request, uid)
    if kind not in FORMATS:
        raise Http404
    content = results_file(attempts=attempts_of_class(assignment), kind=kind)
    response = HttpResponse(content, content_type=FORMATS[kind])
    name = f"{assignment.cohort.code}-{assignment.scenario_version.code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sides(record: ClassRecord) -> tuple[str, str]:
    """What the two sides of the table are called."""
    scenario, lang = scenario_in(record.assignment.scenario_version), engine_language()
    principal, partners = scenario.talks.principal, scenario.talks.partners
    other = scenario.say(scenario.parties[partners[0]].name, lang) if len(partners) == 1 else _("the other side")
    return scenario.say(scenario.parties[principal].name, lang), other


def _worth(deal: Deal) -> str:
    return f"{round(deal.own)} / {round(deal.other)}"


def _deals(record: ClassRecord, a: str, b: str) -> ScatterChart:
    """Every deal of the class, without a name, as shares of what each side could have gained at most."""
    words = {"count": len(record.deals), "wasted": record.wasted}
    return ScatterChart(
        title=_("What each deal left both sides"),
        description=ngettext(
            "%(count)s deal; %(wasted)s of them left one side less than half of its most.",
            "%(count)s deals; %(wasted)s of them left one side less than half of its most.",
            len(record.deals),
        )
        % words,
        x=Axis(title=_("Gain of %(name)s") % {"name": a}, kind="c-party-a"),
        y=Axis(title=_("Gain of %(name)s") % {"name": b}, kind="c-party-b"),
        cloud=(),
        # Both at 100 cannot be had; on this line what one side gains the other gives, one for one.
        frontier=[(0, 100), (100, 0)] if record.deals else [],
        spots=[Spot(str(n), deal.own, deal.other, on_path=False) for n, deal in enumerate(record.deals, start=1)],
        words=SpotWords(spots=_("one deal"), frontier=_("splitting, without trading")),
    )


def _scores(record: ClassRecord) -> Histogram:
    """How many people's best score lies in each step of ten."""
    words = {"people": record.people, "passed": record.passed, "mark": record.pass_mark}
    return Histogram(
        title=_("Best score of each person"),
        description=ngettext(
            "%(passed)s of %(people)s person came to the pass line of %(mark)s.",
            "%(passed)s of %(people)s people came to the pass line of %(mark)s.",
            record.people,
        )
        % words,
        edges=_STEPS,
        counts=record.bars,
        axis=pgettext("simulation", "Score"),
        limits=[Limit(record.pass_mark, pgettext("simulation", "pass line"))],
    )


def _radar(record: ClassRecord) -> RadarChart:
    named = competency_names(record)
    return RadarChart(
        title=_("Competencies"),
        description=_("The median of the class in each competency, in per cent."),
        axes=[name for name, _percent in named],
        series=[Series(_("median of the class"), [percent for _name, percent in named])],
    )


def talks(record: ClassRecord) -> list[dict[str, Any]]:
    """Three things to talk about: a trap if one was sprung, value left on the table, and what cost most points."""
    if not record.attempts:
        return []
    found = [*_about_traps(record), *_about_value(record), *_about_items(record), *_about_facts(record)]
    return found[:_TALKS]


def _about_traps(record: ClassRecord) -> list[dict[str, Any]]:
    capped = [trap for trap in record.traps if trap.caps] or record.traps
    if not capped:
        return []
    trap = capped[0]
    said = ngettext(
        "In %(count)s attempt of %(all)s this happened. Who saw it coming, and by what sign?",
        "In %(count)s attempts of %(all)s this happened. Who saw it coming, and by what sign?",
        trap.count,
    )
    return [{"title": trap.text, "text": said % {"count": trap.count, "all": record.attempts}, "rule": trap.rule}]


def _about_value(record: ClassRecord) -> list[dict[str, Any]]:
    if not record.deals or not record.wasted:
        return []
    best = max(record.deals, key=lambda deal: min(deal.own, deal.other))
    said = _(
        "%(wasted)s of %(count)s deals left one side less than half of its most; the most even good one left %(best)s. "
        "Which term did that pair trade against which?"
    )
    words = {"wasted": record.wasted, "count": len(record.deals), "best": _worth(best)}
    return [{"title": _("Value left on the table"), "text": said % words, "rule": ""}]


def _about_items(record: ClassRecord) -> list[dict[str, Any]]:
    said = _("The class earned %(share)s %% of these points; %(none)s of %(all)s attempts earned none. %(advice)s")
    return [
        {
            "title": line.text,
            "text": said
            % {
                "share": round(line.share * 100),
                "none": line.none,
                "all": record.attempts,
                "advice": line.advice,
            },
            "rule": "",
        }
        for line in record.items[:2]
        if line.share < 1
    ]


def _about_facts(record: ClassRecord) -> list[dict[str, Any]]:
    if not record.missed:
        return []
    fact = record.missed[0]
    said = _("%(count)s of %(all)s attempts never found this out. Where could it have been learned, and at what price?")
    return [{"title": fact.text, "text": said % {"count": fact.count, "all": record.attempts}, "rule": ""}]
