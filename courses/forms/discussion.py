import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import PostState
from courses.models import Reply, Thread

LONG = {"rows": 5, "maxlength": 4000}


def new_uid() -> str:
    """The number of a contribution, drawn with the form: sent twice, it is written once."""
    return str(uuid.uuid4())


class QuestionForm(forms.ModelForm):
    """A question about a lesson."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=new_uid)

    class Meta:
        model = Thread
        fields = ("title", "text")
        labels = {"title": _("Your question")}
        widgets = {"text": forms.Textarea(attrs=LONG)}
        help_texts = {"title": _("One question in one sentence; the name of the lesson stands beside it anyway.")}


class AnswerForm(forms.ModelForm):
    """An answer under a question."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=new_uid)

    class Meta:
        model = Reply
        fields = ("text",)
        labels = {"text": _("What you answer")}
        widgets = {"text": forms.Textarea(attrs=LONG)}


class VerdictForm(forms.Form):
    """What a moderator decides about a contribution."""

    to = forms.ChoiceField(choices=[(state, state.label) for state in (PostState.PUBLISHED, PostState.HIDDEN)])
    reply = forms.UUIDField(required=False)
    reason = forms.CharField(label=_("Reason for hiding"), required=False, max_length=200)

    def verdict(self) -> dict[str, Any]:
        """The decision as the verb takes it."""
        return {"to": PostState(self.cleaned_data["to"]), "reason": self.cleaned_data["reason"].strip()}
