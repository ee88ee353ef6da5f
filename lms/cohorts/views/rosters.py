from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from lms.cohorts.enums import UploadState
from lms.cohorts.forms import RosterForm
from lms.cohorts.models import Cohort, RosterUpload
from lms.cohorts.services.rosters import plan_import
from lms.cohorts.services.rosters.columns import HEADINGS, REQUIRED
from lms.cohorts.services.rosters.samples import template
from lms.cohorts.services.rosters.uploads import give_up, keep_upload, sheet_of, write_upload
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .finding import managed_cohort, signed_in, upload_of
from .verdicts import filters_of, segments_of, shown_rows, step_list

PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _columns() -> list[dict[str, object]]:
    return [
        {"heading": headings[0], "others": headings[1:], "required": column in REQUIRED}
        for column, headings in HEADINGS.items()
    ]


@login_required
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """Take in a roster file; a readable one goes on to its preview."""
    cohort = managed_cohort(request, code)
    form = RosterForm()
    if request.method == "POST":
        form = RosterForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                upload = keep_upload(
                    cohort=cohort,
                    name=file.name,
                    content=file.read(),
                    uploaded_by=signed_in(request),
                    now=now(),
                )
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("cohorts:roster-preview", code=cohort.code, uid=upload.uid)
    uploads = cohort.uploads.select_related("uploaded_by__person").order_by("-uploaded_at", "-pk")[:5]
    context = {
        "cohort": cohort,
        "form": form,
        "uploads": uploads,
        "columns": _columns(),
        "steps": step_list("upload"),
    }
    return render(request, "cohorts/roster.html", context, status=400 if form.errors else 200)


@login_required
@require_GET
def roster_template(request: HttpRequest, code: str) -> HttpResponse:
    """The blank roster, with its columns formatted as text."""
    cohort = managed_cohort(request, code)
    response = HttpResponse(template(), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="roster-{cohort.organisation.code}.xlsx"'
    return response


def _decide(request: HttpRequest, upload: RosterUpload) -> None:
    """The page that follows says what was done, so nothing more is said here."""
    user = signed_in(request)
    if request.POST.get("decision") == "write":
        write_upload(upload=upload, written_by=user, now=now())
    else:
        give_up(upload=upload, given_up_by=user, now=now())


@login_required
@require_http_methods(["GET", "POST"])
def roster_preview(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """What the import would do with each row, and the decision about it."""
    cohort = managed_cohort(request, code)
    upload = upload_of(cohort, request, uid)
    if request.method == "POST":
        try:
            _decide(request, upload)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("cohorts:roster-preview", code=cohort.code, uid=upload.uid)
    if upload.state == UploadState.PREVIEWED:
        return _preview(request, cohort, upload)
    return _result(request, cohort, upload)


def _preview(request: HttpRequest, cohort: Cohort, upload: RosterUpload) -> HttpResponse:
    plan = plan_import(cohort=cohort, sheet=sheet_of(upload), now=now())
    show = request.GET.get("show", "")
    page = Paginator(shown_rows(plan, show), PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "upload": upload,
        "plan": plan,
        "page": page,
        "show": show,
        "query": urlencode({"show": show}) if show else "",
        "segments": segments_of(plan.counts),
        "filters": filters_of(plan.counts, show),
        "steps": step_list("preview"),
    }
    return render(request, "cohorts/roster_preview.html", context)


def _result(request: HttpRequest, cohort: Cohort, upload: RosterUpload) -> HttpResponse:
    counts = upload.report.get("counts", {})
    context = {
        "cohort": cohort,
        "upload": upload,
        "counts": counts,
        "written": counts.get("create", 0) + counts.get("update", 0),
        "wrong": [row for row in upload.report.get("rows", []) if row["action"] == "error"],
        "steps": step_list("result"),
    }
    return render(request, "cohorts/roster_result.html", context)
