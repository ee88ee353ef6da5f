"""What deciding about an application and about a practice record share: one act of three, most with a reason."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect

from lms.kernel.refusals import Refusal

# Does the act with the reason given, and says what was done.
Act = Callable[[HttpRequest, Any, str], str]


class Detail(Protocol):
    """Shows the thing with its form, as it stands or with what stood in the way."""

    def __call__(
        self, request: HttpRequest, found: Any, form: forms.Form, *, refusal: Refusal | None = None, status: int = 200
    ) -> HttpResponse: ...


def decide(
    request: HttpRequest,
    found: Any,
    *,
    acts: Mapping[str, Act],
    without_reason: Act,
    form_class: type[forms.Form],
    detail: Detail,
    back: str,
) -> HttpResponse:
    """Show the thing, or carry out the act that was asked for; every act but `without_reason` wants a reason."""
    if request.method != "POST":
        return detail(request, found, form_class())
    act = acts.get(request.POST.get("action", ""))
    if act is None:
        return HttpResponseBadRequest()
    form = form_class(request.POST)
    if act is not without_reason and not form.is_valid():
        return detail(request, found, form, status=400)
    try:
        said = act(request, found, form.cleaned_data["reason"] if form.is_valid() else "")
    except Refusal as refusal:
        found.refresh_from_db()
        return detail(request, found, form, refusal=refusal, status=refusal.status)
    messages.success(request, said)
    return redirect(back, uid=found.uid)
