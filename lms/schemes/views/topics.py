from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.schemes.forms import TopicForm
from lms.schemes.selectors.outlines import requirements_of
from lms.schemes.services import topics

from .finding import back_to, done_or_told, draft_at, for_writers, revision_in, tried, writer

BY = {"up": -1, "down": 1}


@for_writers
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest, pk: int, level: str, code: str = "") -> HttpResponse:
    """Change a topic of a draft's level, move it, take it out; without a code, add one."""
    draft = draft_at(pk)
    requirements_of(draft, level)  # a level that is not there has no topics
    anchor = f"{level}-topics"
    act = request.POST.get("act", "")
    if act and code:
        done = done_or_told(request, _button(request, act, pk, level, code))
        return back_to(pk, anchor if done else "")
    there = get_object_or_404(draft.topics, level_code=level, code=code) if code else None
    initial: dict[str, Any] = {"revision": draft.drafting.revision}
    if there:
        initial |= {name: getattr(there, name) for name in TopicForm.base_fields if name != "revision"}
    form, status = TopicForm(request.POST or None, initial=initial), 0
    if request.method == "POST" and form.is_valid():
        said = {"revision": form.cleaned_data["revision"], "fields": form.topic(), "user": writer(request)}
        status = tried(request, form, lambda: topics.put_topic(draft_id=pk, level=level, code=code, **said))
        if not status:
            return back_to(pk, anchor)
    if form.errors and not status:
        status = 400
    context = {
        "version": draft,
        "form": form,
        "title": there.label if there else _("Add a topic"),
        "remove_path": code,
    }
    return render(request, "schemes/form.html", context, status=status or 200)


def _button(request: HttpRequest, act: str, pk: int, level: str, code: str) -> Callable[[], None]:
    said: dict[str, Any] = {"draft_id": pk, "revision": revision_in(request), "level": level, "code": code}
    if act in BY:
        return lambda: topics.move_topic(**said, by=BY[act], user=writer(request))
    if act == "remove":
        return lambda: topics.remove_topic(**said, user=writer(request))
    raise Http404
