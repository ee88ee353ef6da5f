"""The desk of an authority: the organisations under it in figures, and where their audit book stands."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.enums import Stage
from certificates.selectors import figures as certified
from certificates.selectors import stages
from courses.selectors.catalogue import LEVEL_LABELS
from lms.cohorts.selectors.scopes import children_of, scope_of
from lms.credits.selectors import weeks
from lms.exams.selectors import figures as sat
from lms.kernel.class_hours import to_class_hours
from lms.kernel.levels import LevelCode
from lms.kernel.tallies import gather
from lms.records.selectors.books import AuditHead, audit_heads

from . import plots
from .paging import counted_page
from .work import Figure, in_beijing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.core.paginator import Page

    from cms.design.charts import LineChart, StackedBarChart
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation
    from lms.cohorts.selectors.roles import Hat
    from lms.kernel.tallies import Tallies

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation in figures; a rate under five results is not given."""

    organisation: "Organisation"
    people: int
    hours: Decimal
    pass_rate: str
    results: int
    certificates: tuple[tuple[str, int], ...]

    @property
    def certified(self) -> int:
        return sum(number for _level, number in self.certificates)


@dataclass(frozen=True, slots=True)
class AuthorityDesk:
    """Everything on the desk, in the language now active."""

    figures: tuple[Figure, ...]
    page: "Page[Organisation]"
    rows: tuple[OrganisationRow, ...]
    progress: "StackedBarChart"
    weekly: "LineChart"
    issued: "StackedBarChart"
    audit: tuple[tuple[str, AuditHead], ...]


def authority_desk(user: "User | AnonymousUser", hat: "Hat", asked: str | int, now: datetime) -> AuthorityDesk:
    """The desk in three queries, whatever the number of organisations and people."""
    here, today = scope_of(user, hat), in_beijing(now)
    page = counted_page(children_of(here, hat), asked, PER_PAGE)
    told = gather(
        stages.stages(here),
        stages.stages_by_organisation(here),
        weeks.minutes_by_week(here, plots.first_week(today)),
        weeks.minutes_by_organisation(here),
        sat.scores(here),
        sat.passes(here),
        certified.issued_by_month(here, plots.first_month(today)),
        certified.issued_by_organisation(here),
    )
    count = page.paginator.count
    base = _base(told.total(stages.STAGES), count)
    rows = tuple(_row(each, told) for each in page.object_list)
    return AuthorityDesk(
        figures=_figures(told, base),
        page=page,
        rows=rows,
        progress=_progress(rows, told),
        weekly=plots.hours_by_week(told, today, base),
        issued=plots.certificates_by_month(told, today),
        audit=_audit(hat, page),
    )


def _audit(hat: "Hat", page: "Page[Organisation]") -> tuple[tuple[str, AuditHead], ...]:
    """The audit chains of the authority itself and of the organisations of this page, by name."""
    shown = [*([hat.organisation] if hat.organisation else []), *page.object_list]
    heads = audit_heads([each.code for each in shown])
    return tuple((each.local_name, heads[each.code]) for each in shown if each.code in heads)


def _base(people: int, organisations: int) -> str:
    who = ngettext("%(people)s person", "%(people)s people", people) % {"people": people}
    where = ngettext("%(number)s organisation", "%(number)s organisations", organisations) % {"number": organisations}
    return _("%(people)s at %(organisations)s") % {"people": who, "organisations": where}


def _figures(told: "Tallies", base: str) -> tuple[Figure, ...]:
    minutes = told.total(weeks.BY_ORGANISATION)
    return (
        Figure(_("On the roster"), told.total(stages.STAGES), note=base),
        Figure(_("Class hours"), f"{to_class_hours(max(0, minutes)):.2f}", note=_("posted since the beginning")),
        plots.pass_rate(told),
        Figure(_("Certificates"), told.total(certified.BY_ORGANISATION), note=_("neither revoked nor replaced")),
    )


def _row(organisation: Any, told: "Tallies") -> OrganisationRow:
    key = organisation.pk
    results = told.total(sat.PASSES, key=key)
    return OrganisationRow(
        organisation=organisation,
        people=told.total(stages.BY_ORGANISATION, key=key),
        hours=to_class_hours(max(0, told.total(weeks.BY_ORGANISATION, key=key))),
        pass_rate=plots.rate(told.total(sat.PASSES, key=key, part=sat.PASSED), results),
        results=results,
        certificates=tuple(
            (str(LEVEL_LABELS[level]), number)
            for level in LevelCode
            if (number := told.total(certified.BY_ORGANISATION, key=key, part=level.value))
        ),
    )


def _progress(rows: tuple[OrganisationRow, ...], told: "Tallies") -> "StackedBarChart":
    return plots.stages_of(
        [
            (row.organisation.local_name, _stages(told, row.organisation.pk))
            for row in rows
            if row.people >= plots.FEWEST
        ],
        title=_("How far people have come"),
        caption=_(
            "Each person is counted once, at the furthest step reached. Organisations with fewer than five people "
            "are left out."
        ),
    )


def _stages(told: "Tallies", key: int) -> dict[str, int]:
    return {stage.value: told.total(stages.BY_ORGANISATION, key=key, part=stage.value) for stage in Stage}
