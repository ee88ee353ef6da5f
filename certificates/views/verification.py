from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from certificates.api.throttles import may_ask
from certificates.enums import Result
from certificates.forms import FileForm, LookupForm
from certificates.services.verifying import Answer, answer_file, answer_lookup
from certificates.validators.serials import read_serial
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .presenting import context_of


def _private(response: HttpResponse) -> HttpResponse:
    """Answers are for whoever asked: not for search engines, not for caches."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(response)
    return response


def _form(
    request: HttpRequest, *, lookup: LookupForm | None = None, file: FileForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"lookup": lookup or LookupForm(), "file": file or FileForm()}
    return _private(render(request, "certificates/verify.html", context, status=status))


def _answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Unknown and mismatching questions get the same page and the same status."""
    status = 404 if answer.result == Result.UNKNOWN else 200
    return _private(render(request, "certificates/answer.html", context_of(answer), status=status))


def _too_many(request: HttpRequest) -> HttpResponse:
    lookup = LookupForm({})
    lookup.full_clean()
    lookup.errors.clear()
    lookup.add_error(None, _("Too many questions in a short time. Please try again in a minute."))
    response = _form(request, lookup=lookup, status=429)
    response["Retry-After"] = "60"
    return response


def _by_file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, file=form, status=400)
    try:
        answer = answer_file(content=form.cleaned_data["file"].read(), now=now())
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _form(request, file=form, status=refusal.status)
    return _answer(request, answer)


def _by_number(request: HttpRequest) -> HttpResponse:
    form = LookupForm(request.POST)
    if not form.is_valid():
        return _form(request, lookup=form, status=400)
    proof = form.cleaned_data["proof"]
    return _answer(request, answer_lookup(serial=form.cleaned_data["serial"], name=proof, code=proof, now=now()))


@csrf_exempt  # asks and changes nothing, so that the form can stand on pages that are kept for every visitor
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask about a certificate, by number or by file; what is typed never stands in an address."""
    if request.method != "POST":
        return _form(request)
    if not may_ask(request):
        return _too_many(request)
    return _by_file(request) if "by_file" in request.POST else _by_number(request)


@require_GET
def verification(request: HttpRequest, serial: str) -> HttpResponse:
    """What the QR code of a certificate opens. Without its check code, the number alone tells nothing."""
    code = request.GET.get("c", "")
    if not code:
        read = read_serial(serial)
        return _form(request, lookup=LookupForm(initial={"serial": str(read) if read else serial[:40]}))
    if not may_ask(request):
        return _too_many(request)
    return _answer(request, answer_lookup(serial=serial, code=code, now=now()))
