"""The desk of those who write scenarios: upload, measure, approve, retire."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.clock import now
from lms.kernel.refusals import NotAllowed, Refusal
from simulations.enums import VersionState
from simulations.forms import NoteForm, PilotForm, ScenarioFileForm
from simulations.models import ScenarioVersion
from simulations.policies import can_write_scenarios
from simulations.selectors import authoring as versions_of
from simulations.selectors.calibration import calibration_of
from simulations.selectors.outlines import outline_of
from simulations.selectors.playtests import report_in
from simulations.selectors.scenarios import scenario_in
from simulations.services import authoring, calibrating, playtesting

if TYPE_CHECKING:
    from django import forms

    from lms.accounts.models import User
    from simulations.engine.load import Problem

View = Callable[..., HttpResponse]


def for_writers(view: View) -> View:
    """Only who may write scenarios gets in."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_write_scenarios(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _writer(request: HttpRequest) -> "User":
    return cast("User", request.user)


def _version(pk: int) -> ScenarioVersion:
    version = versions_of.version_by_pk(pk)
    if version is None:
        raise Http404
    return version


@for_writers
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every scenario with its versions."""
    context = {"versions": versions_of.versions_of_all(), "may_count": VersionState.APPROVED}
    return render(request, "simulations/authoring/versions.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Check a file and keep it as a draft; every fault stands with its line."""
    form, status = ScenarioFileForm(request.POST or None, request.FILES or None), 200
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                version = authoring.upload_scenario(
                    content=form.cleaned_data["file"].read(authoring.MOST_BYTES + 1),
                    uploaded_by=_writer(request),
                    now=now(),
                )
            except authoring.ScenarioHasFaults as refusal:
                problems = refusal.problems
                form.add_error(None, str(refusal))
            except Refusal as refusal:
                form.add_error(getattr(refusal, "field", None), str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("Version %(number)s is kept as a draft.") % {"number": version.version})
                return redirect("simulations:scenario-version", version.pk)
    context = {"form": form, "problems": problems}
    return render(request, "simulations/authoring/upload.html", context, status=status)


@for_writers
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its state and trace, what bots made of it, and what can be done."""
    return _page(request, _version(pk))


def _page(
    request: HttpRequest,
    version: ScenarioVersion,
    *,
    note: NoteForm | None = None,
    pilot: PilotForm | None = None,
    status: int = 200,
) -> HttpResponse:
    run = versions_of.standing_playtest(version)
    context = {
        "version": version,
        "own": version.uploaded_by_id == _writer(request).pk,
        "run": run,
        "report": report_in(run, version.waivers.all(), scenario_in(version).pass_mark) if run else None,
        "under_way": versions_of.playtest_under_way(version),
        "steps": version.steps.select_related("by__person"),
        "pilots": version.pilots.select_related("recorded_by__person"),
        "calibration": calibration_of(version),
        "note_form": note or NoteForm(prefix="note"),
        "pilot_form": pilot or PilotForm(prefix="pilot"),
        "plays": playtesting.PLAYS,
    }
    return render(request, "simulations/authoring/version.html", context, status=status)


@for_writers
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole case as its author reads it: everything that players have to find, in each of its flavours."""
    shown = _version(pk)
    outline = outline_of(shown, request.GET.get("flavour", ""))
    if outline is None:
        raise Http404
    return render(request, "simulations/authoring/preview.html", {"version": shown, "outline": outline})


@for_writers
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded."""
    shown = _version(pk)
    answer = HttpResponse(shown.source, content_type="text/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{shown.code}-{shown.version}.yaml"'
    return answer


def _told(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


@for_writers
@require_POST
def playtest(request: HttpRequest, pk: int) -> HttpResponse:
    """Have bots play it in the background."""
    shown = _version(pk)
    _told(
        request,
        lambda: playtesting.ask_playtest(version=shown, asked_by=_writer(request), now=now()),
        _("The playtest is asked for. Its figures will stand here."),
    )
    return redirect("simulations:scenario-version", pk)


@for_writers
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a tested version count."""
    shown, form = _version(pk), NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _page(request, shown, note=form, status=400)
    _told(
        request,
        lambda: authoring.approve_version(
            version=shown, approved_by=_writer(request), note=form.cleaned_data["note"], now=now()
        ),
        _("The version counts from now on."),
    )
    return redirect("simulations:scenario-version", pk)


@for_writers
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version out of play."""
    shown, form = _version(pk), NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _page(request, shown, note=form, status=400)
    _told(
        request,
        lambda: authoring.retire_version(
            version=shown, retired_by=_writer(request), note=form.cleaned_data["note"], now=now()
        ),
        _("The version is out of play. Attempts that have begun go on."),
    )
    return redirect("simulations:scenario-version", pk)


@for_writers
@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a printed bar pass, by name and with a reason."""
    shown, reason = _version(pk), request.POST.get("reason", "").strip()
    if not reason or len(reason) > 600:
        messages.error(request, _("Say in some words why this bar may be missed."))
    else:
        _told(
            request,
            lambda: calibrating.waive_bar(
                version=shown, bar=request.POST.get("bar", ""), approver=_writer(request), reason=reason, now=now()
            ),
            _("The bar is waived under your name."),
        )
    return redirect("simulations:scenario-version", pk)


@for_writers
@require_POST
def pilot(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a trial with people found."""
    shown, form = _version(pk), PilotForm(request.POST, prefix="pilot")
    if form.is_valid():
        refused = _refused(
            form,
            lambda: calibrating.record_pilot(
                version=shown, recorded_by=_writer(request), now=now(), **form.cleaned_data
            ),
        )
        if not refused:
            messages.success(request, _("The pilot is on record."))
            return redirect("simulations:scenario-version", pk)
    return _page(request, shown, pilot=form, status=400)


def _refused(form: "forms.Form", act: Callable[[], object]) -> bool:
    try:
        act()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refusal as refusal:
        form.add_error(getattr(refusal, "field", None), str(refusal))
        return True
    return False
