"""Checking a paper: anybody learns that it was issued and for which head of the ledger, and nothing else."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lms.credits.forms.check import CodeForm, PaperFileForm
from lms.credits.selectors.papers import check


@csrf_exempt  # asks and changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """By the code on the paper, by the hash of its file, or by the file."""
    if "by_file" in request.POST:
        file = PaperFileForm(request.POST, request.FILES)
        if not file.is_valid():
            return _page(request, file=file, status=400)
        return _answer(request, sha256(file.cleaned_data["file"].read()).hexdigest())
    asked = request.POST if request.method == "POST" else {"code": request.GET["c"]} if "c" in request.GET else None
    if asked is None:
        return _page(request)
    code = CodeForm(asked)
    return _answer(request, code.cleaned_data["code"]) if code.is_valid() else _page(request, code=code, status=400)


def _answer(request: HttpRequest, code: str) -> HttpResponse:
    found = check(code)
    context = {"checked": found, "asked": code}
    return _private(render(request, "credits/papers/checked.html", context, status=200 if found else 404))


def _page(
    request: HttpRequest, *, code: CodeForm | None = None, file: PaperFileForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"code": code or CodeForm(), "file": file or PaperFileForm()}
    return _private(render(request, "credits/papers/check.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Answers are for whoever asked: not for search engines, not for caches."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(response)
    return response
