from django import forms
from django.utils.translation import gettext_lazy as _

from courses.services.margins import NOTE_LENGTH


class NoteForm(forms.Form):
    """The sheet of notes of one lesson, with the revision that its writer had before them."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("My notes"),
        required=False,
        strip=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14, "maxlength": NOTE_LENGTH}),
    )
