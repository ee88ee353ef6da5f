from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.credits.selectors.papers import read_code

MOST_BYTES = 10 * 1024 * 1024


class CodeForm(forms.Form):
    """The code of a paper, or the SHA-256 of its file."""

    code = forms.CharField(
        label=_("Code on the paper, or SHA-256 of the file"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("32 or 64 figures and letters from a to f; spaces make no difference."),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("This is neither a code (32 characters) nor a SHA-256 (64 characters). Copy it once more.")
            )
        return code


class PaperFileForm(forms.Form):
    """The PDF itself; only its hash is made of it, and nothing is kept."""

    file = forms.FileField(
        label=_("The PDF file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text=_("At most 10 MB. Its SHA-256 is compared; the file is not kept."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB and was not issued here."))
        return file
