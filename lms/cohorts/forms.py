from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lms.cohorts.services.rosters.sheet import MAX_BYTES, MAX_ROWS, RosterTooLarge


class RosterForm(forms.Form):
    """One file; what is in it is judged after it has been read."""

    file = forms.FileField(
        label=_("Roster file"),
        help_text=_(
            "An Excel workbook (.xlsx), or a text table (.csv) in UTF-8 or GB18030; at most 5 MB. "
            "Nothing is written before you have seen the preview."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "empty": _("This file is empty."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(str(RosterTooLarge(rows=MAX_ROWS)))
        return file
