"""Legal texts and their wordings: one list for all banks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.exams.forms.banks import LawForm, WordingForm
from lms.exams.policies import can_keep_laws
from lms.exams.selectors.laws import every_law, law_lines, today_in_beijing
from lms.exams.services.laws import enter_law, enter_wording
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .doors import actor_of, must_keep_a_bank


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def laws(request: HttpRequest) -> HttpResponse:
    """The legal texts with their wordings, and what each asks of the visitor's banks; a post adds a text."""
    must_keep_a_bank(request)
    may_keep = can_keep_laws(request.user)
    form = LawForm(request.POST if may_keep and request.method == "POST" else None)
    if request.method == "POST":
        if not may_keep:
            raise PermissionDenied
        if form.is_valid():
            if every_law().filter(code=form.cleaned_data["code"]).exists():
                form.add_error("code", _("A legal text with this code is in the list already."))
            else:
                law = enter_law(**form.cleaned_data)
                messages.success(request, _("The legal text is in the list. Enter its wording."))
                return redirect("exams:law", law.code)
    moment = now()
    context = {
        "lines": law_lines(request.user, moment),
        "today": today_in_beijing(moment),
        "form": form,
        "may_keep": may_keep,
    }
    return render(request, "exams/bank/laws.html", context, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def law(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a wording that is in force from a day; for the editors of the platform."""
    must_keep_a_bank(request)
    if not can_keep_laws(request.user):
        raise PermissionDenied
    found = get_object_or_404(every_law(), code=code)
    form = WordingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_wording(law=found, **form.cleaned_data, actor=actor_of(request), now=now())
        except Refusal as refusal:
            form.add_error("in_force_from", str(refusal))
        else:
            messages.success(request, _("Entered. From that day on, questions on an older wording are flagged."))
            return redirect("exams:laws")
    wordings = found.wordings.order_by("-in_force_from")
    context = {"law": found, "wordings": wordings, "form": form}
    return render(request, "exams/bank/law.html", context, status=400 if form.errors else 200)
