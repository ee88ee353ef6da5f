"""A bank as a file, for those who keep it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.exams.enums import QuestionFormat
from lms.exams.services.exporting import MEDIA_TYPES, content_of, write_bank
from lms.exams.services.exporting.codes import codes_in_force
from lms.exams.views.bank.doors import bank_or_404
from lms.exams.views.importing import attachment
from lms.kernel.clock import now


@never_cache
@login_required
@require_safe
def bank_export(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """What the format holds of each question; with `?file=1`, the file itself."""
    bank = bank_or_404(request, pk)
    if file_format not in QuestionFormat.values:
        raise Http404
    chosen = QuestionFormat(file_format)
    content = content_of(bank)
    written = write_bank(content, chosen, codes_in_force(now()))
    if request.GET.get("file"):
        media_type, ending = MEDIA_TYPES[chosen]
        return attachment(written.content, media_type, f"{bank.code}.{ending}")
    items = written.as_json(content)["items"]
    context = {
        "bank": bank,
        "format": chosen,
        "formats": list(QuestionFormat),
        "total": len(items),
        "written": len(items) - len(written.left_out),
        "lossy": [item for item in items if item["reason"]],
        "size": len(written.content),
    }
    return render(request, "exams/export.html", context)
