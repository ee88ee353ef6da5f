"""The sheet of notes of one lesson as a page of its own, for printing and for browsers without script."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import policies
from courses.forms.margins import NoteForm
from courses.models import Enrolment
from courses.selectors.margins import note_of
from courses.selectors.outlines import item_of
from courses.services.margins import NoteChangedElsewhere, write_note
from lms.kernel.clock import now


@login_required
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, enrolment: uuid.UUID, item_uid: str) -> HttpResponse:
    """One's own notes; whoever else looks finds nothing, staff neither. A clash shows both texts."""
    visible = Enrolment.objects.visible_to(request.user).with_outline().select_related("person")
    found = get_object_or_404(visible, uid=enrolment)
    item = item_of(found.course_version, item_uid)
    if item is None or not policies.can_study(request.user, found):
        raise Http404
    note = note_of(found, item_uid)
    form = NoteForm(request.POST or None, initial={"text": note.text, "seen": note.revision} if note else {"seen": 0})
    clash = None
    if form.is_valid():
        try:
            write_note(enrolment=found, item_uid=item_uid, now=now(), **form.cleaned_data)
        except NoteChangedElsewhere as refusal:
            clash = refusal.standing
            form = NoteForm(initial={"text": form.cleaned_data["text"], "seen": clash.revision})
        else:
            messages.success(request, _("The note is saved."))
            return redirect("courses:lesson", enrolment=found.uid, item_uid=item_uid)
    context = {"enrolment": found, "item": item, "note": note, "form": form, "clash": clash}
    return render(request, "courses/notes.html", context, status=409 if clash else 400 if form.errors else 200)
