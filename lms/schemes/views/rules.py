from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.schemes.enums import NodeKind
from lms.schemes.forms import GroupForm, LeafForm, NumberedGroupForm, RenewalForm, leaf_initial
from lms.schemes.models import SchemeVersion
from lms.schemes.selectors.current import level_of
from lms.schemes.selectors.outlines import REQUIREMENTS, local, requirements_of
from lms.schemes.services import ruling
from lms.schemes.services.trees import Node, node_at

from .finding import back_to, done_or_told, draft_at, for_writers, revision_in, tried, writer

FORMS: dict[str, type[GroupForm | LeafForm | NumberedGroupForm]] = {
    NodeKind.LEAF: LeafForm,
    NodeKind.ALL_OF: GroupForm,
    NodeKind.ANY_OF: NumberedGroupForm,
}
TOP = "top"
BY = {"up": -1, "down": 1}


def _path(text: str) -> tuple[int, ...]:
    """`1-0` leads to the first child of the second; `top` is the tree itself."""
    if text == TOP:
        return ()
    steps = text.split("-")
    if not all(step.isdigit() for step in steps):
        raise Http404
    return tuple(int(step) for step in steps)


def _show(
    request: HttpRequest, draft: SchemeVersion, form: Any, title: str, status: int, *, path: str = ""
) -> HttpResponse:
    if form.errors and not status:
        status = 400
    context = {"version": draft, "form": form, "title": title, "remove_path": path}
    return render(request, "schemes/form.html", context, status=status or 200)


@for_writers
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: int, level: str, path: str, part: str = REQUIREMENTS) -> HttpResponse:
    """Change a rule of a draft: its words and figures, its place, or take it out."""
    draft, steps = draft_at(pk), _path(path)
    act = request.POST.get("act", "")
    if act:
        done = done_or_told(request, _button(request, act, pk, level, steps, part))
        return back_to(pk, _anchor(level, part) if done else "")
    node = node_at(requirements_of(draft, level, part), steps)
    initial = {**leaf_initial(node), "revision": draft.drafting.revision}
    form = FORMS[node["kind"]](request.POST or None, initial=initial)
    status = 0
    if request.method == "POST" and form.is_valid():
        status = tried(request, form, _change(request, ruling.put_rule, form, pk, level, steps, part))
        if not status:
            return back_to(pk, _anchor(level, part))
    return _show(request, draft, form, local(node, "title"), status, path=path if steps else "")


def _anchor(level: str, part: str) -> str:
    return level if part == REQUIREMENTS else f"{level}-renewal"


def _button(
    request: HttpRequest, act: str, pk: int, level: str, steps: tuple[int, ...], part: str
) -> Callable[[], None]:
    said: dict[str, Any] = {
        "draft_id": pk,
        "revision": revision_in(request),
        "level": level,
        "path": steps,
        "part": part,
    }
    if act in BY:
        return lambda: ruling.move_rule(**said, by=BY[act], user=writer(request))
    if act == "remove":
        return lambda: ruling.remove_rule(**said, user=writer(request))
    raise Http404


def _change(
    request: HttpRequest, verb: Callable[..., None], form: Any, pk: int, level: str, steps: tuple[int, ...], part: str
) -> Callable[[], None]:
    node: Node = form.node()
    revision = form.cleaned_data["revision"]
    return lambda: verb(
        draft_id=pk, revision=revision, level=level, path=steps, node=node, part=part, user=writer(request)
    )


@for_writers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int, level: str, part: str = REQUIREMENTS) -> HttpResponse:
    """Add a rule of the kind `?kind=` at the end of the group `?under=`."""
    draft, steps = draft_at(pk), _path(request.GET.get("under", TOP))
    kind = request.GET.get("kind", NodeKind.LEAF)
    if kind not in FORMS:
        raise Http404
    group = node_at(requirements_of(draft, level, part), steps)
    form = FORMS[kind](request.POST or None, initial={"revision": draft.drafting.revision})
    status = 0
    if request.method == "POST" and form.is_valid():
        status = tried(request, form, _change(request, ruling.add_rule, form, pk, level, steps, part))
        if not status:
            return back_to(pk, _anchor(level, part))
    title = _("Add to “%(group)s”") % {"group": local(group, "title")}
    return _show(request, draft, form, title, status)


@for_writers
@require_http_methods(["GET", "POST"])
def renewal(request: HttpRequest, pk: int, level: str) -> HttpResponse:
    """When certificates of a draft's level are renewed and reinstated; or that it says nothing of it."""
    draft = draft_at(pk)
    shown = level_of(draft, level)
    if request.POST.get("act") == "remove":
        said: dict[str, Any] = {"draft_id": pk, "revision": revision_in(request), "level": level}
        done = done_or_told(request, lambda: ruling.remove_renewal(**said, user=writer(request)))
        return back_to(pk, _anchor(level, "renewal") if done else "")
    form = RenewalForm(request.POST or None, initial={**(shown.renewal or {}), "revision": draft.drafting.revision})
    status = 0
    if request.method == "POST" and form.is_valid():
        figures = dict(form.cleaned_data)
        status = tried(
            request, form, lambda: ruling.set_renewal(draft_id=pk, level=level, **figures, user=writer(request))
        )
        if not status:
            return back_to(pk, _anchor(level, "renewal"))
    title = _("Renewal: %(level)s") % {"level": shown.local_name}
    return _show(request, draft, form, title, status, path="renewal" if shown.renewal else "")
