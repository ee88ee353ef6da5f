"""A file of questions, before anybody has read it."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.exams.enums import QuestionFormat
from lms.exams.services.importing.files import MAX_BYTES, too_large


class QuestionFileForm(forms.Form):
    """One file and its format; what is in it is judged after it has been read."""

    format = forms.ChoiceField(label=pgettext_lazy("of a file", "Format"), choices=QuestionFormat.choices)
    file = forms.FileField(
        label=_("File of questions"),
        help_text=_("At most 5 MB and 2,000 questions. Nothing is written before you have seen the preview."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.txt,.gift,.xml"}),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "empty": _("This file is empty."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(str(too_large()))
        return file
