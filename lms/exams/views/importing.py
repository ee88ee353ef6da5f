"""Questions from a file: brought, looked at, written or given up."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.enums import QuestionFormat, UploadState
from lms.exams.forms.importing import QuestionFileForm
from lms.exams.models import QuestionUpload
from lms.exams.selectors.uploads import upload_visible_to, uploads_of
from lms.exams.services.exporting import MEDIA_TYPES, template
from lms.exams.services.exporting.codes import codes_in_force
from lms.exams.services.exporting.marking_up import marked_up
from lms.exams.services.importing import plan_import
from lms.exams.services.importing.uploads import content_of, entries_of, give_up, keep_upload, write_upload
from lms.exams.views.bank.doors import bank_or_404, user_of
from lms.exams.views.verdicts import filters_of, segments_of, shown_items, step_list
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

PAGE = 50
WORKBOOK = MEDIA_TYPES[QuestionFormat.XLSX][0]


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep; browsers do not open it in their own window."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _upload_or_404(request: HttpRequest, pk: int, uid: UUID) -> QuestionUpload:
    found = upload_visible_to(request.user, bank_or_404(request, pk), uid)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bank_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a file of questions; a readable one goes on to its preview."""
    bank = bank_or_404(request, pk)
    form = QuestionFileForm()
    if request.method == "POST":
        form = QuestionFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                upload = keep_upload(
                    bank=bank,
                    name=file.name,
                    content=file.read(),
                    file_format=QuestionFormat(form.cleaned_data["format"]),
                    uploaded_by=user_of(request),
                    now=now(),
                )
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("exams:bank-import-preview", bank.pk, upload.uid)
    context = {
        "bank": bank,
        "form": form,
        "uploads": uploads_of(bank),
        "formats": list(QuestionFormat),
        "steps": step_list("upload"),
    }
    return render(request, "exams/import.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def import_template(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank sheet, with an explanation of its columns and the words that they know."""
    bank = bank_or_404(request, pk)
    return attachment(template(codes_in_force(now())), WORKBOOK, f"questions-{bank.code}.xlsx")


def _decide(request: HttpRequest, upload: QuestionUpload) -> None:
    """The page that follows says what was done, so nothing more is said here."""
    if request.POST.get("decision") == "write":
        write_upload(upload=upload, written_by=user_of(request), now=now())
    else:
        give_up(upload=upload, given_up_by=user_of(request), now=now())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: HttpRequest, pk: int, uid: UUID) -> HttpResponse:
    """What the import would do with each question, and the decision about it; afterwards, what was done."""
    upload = _upload_or_404(request, pk, uid)
    if request.method == "POST":
        try:
            _decide(request, upload)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("exams:bank-import-preview", pk, uid)
    report = upload.report
    if upload.state == UploadState.PREVIEWED:
        report = plan_import(bank=upload.bank, entries=entries_of(upload)).as_json()
    return render(request, "exams/import_preview.html", _context(request, upload, report))


def _context(request: HttpRequest, upload: QuestionUpload, report: dict[str, Any]) -> dict[str, Any]:
    waiting = upload.state == UploadState.PREVIEWED
    show = request.GET.get("show", "")
    items, counts = report.get("items", []), report.get("counts", {})
    return {
        "bank": upload.bank,
        "upload": upload,
        "waiting": waiting,
        "written": upload.state == UploadState.WRITTEN,
        "total": len(items),
        "to_write": counts.get("created", 0) + counts.get("updated", 0),
        "counts": counts,
        "page": Paginator(shown_items(items, show), PAGE).get_page(request.GET.get("page")),
        "show": show,
        "query": urlencode({"show": show}) if show else "",
        "segments": segments_of(counts),
        "filters": filters_of(counts, show),
        "steps": step_list("preview" if waiting else "result"),
        "is_workbook": upload.format == QuestionFormat.XLSX,
    }


@login_required
@require_safe
def import_marked(request: HttpRequest, pk: int, uid: UUID) -> HttpResponse:
    """The uploaded workbook with what was said about each row; other formats have no cells to colour."""
    upload = _upload_or_404(request, pk, uid)
    if upload.format != QuestionFormat.XLSX:
        raise Http404
    plan = plan_import(bank=upload.bank, entries=entries_of(upload))
    return attachment(marked_up(content_of(upload), plan), WORKBOOK, f"questions-{upload.bank.code}-marked.xlsx")
