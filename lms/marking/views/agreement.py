"""How far the markers of a round agree: a page, and the same as a workbook."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.marking.documents.agreement import MEDIA_TYPE, agreement_workbook
from lms.marking.selectors.reports import agreement_of, gap_chart, lean_chart, plain_percent, signed

from .rounds import round_led_by


@login_required
@require_safe
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Figures, charts and the table of the markers."""
    found = round_led_by(request, uid)
    agreement = agreement_of(found)
    figures = [
        {
            "label": _("Weighted kappa"),
            "value": agreement.kappa,
            "note": _("1: the same marks; 0: no more than chance"),
        },
        {"label": _("Mean gap"), "value": agreement.mean_gap, "unit": "%", "note": _("of the points of the rubric")},
        {
            "label": _("Within the declared gap"),
            "value": agreement.within,
            "unit": "%",
            "note": _("at most %(gap)s %% of the points") % {"gap": plain_percent(found.gap_percent)},
        },
        {"label": _("Third markers"), "value": agreement.thirds, "note": _("scripts that a third person marked")},
    ]
    context = {
        "round": found,
        "agreement": agreement,
        "figures": figures,
        "gaps": gap_chart(agreement),
        "leaning": lean_chart(agreement),
        "rows": [(lean.marker, lean.scripts, signed(lean.mean)) for lean in agreement.leans],
    }
    return render(request, "marking/agreement.html", context)


@login_required
@require_safe
def workbook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same for a spreadsheet, with a row for every script."""
    found = round_led_by(request, uid)
    response = HttpResponse(agreement_workbook(found, agreement_of(found)), content_type=MEDIA_TYPE)
    name = f"agreement-{found.organisation.code}-{found.pk}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
