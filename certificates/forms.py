from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.documents.reading import LARGEST_FILE
from certificates.validators.folding import LONGEST_INPUT


class LookupForm(forms.Form):
    """What stands on a certificate: its serial, and its holder's name or its check code."""

    serial = forms.CharField(
        label=_("Certificate number"),
        max_length=LONGEST_INPUT,
        help_text=_("As printed, for example TTM-FCBA-1-2026-000318-K. Spaces and capital letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    proof = forms.CharField(
        label=_("Holder's name or check code"),
        max_length=LONGEST_INPUT,
        help_text=_("The name exactly as printed, or the ten characters under the number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class FileForm(forms.Form):
    """A certificate as a file."""

    file = forms.FileField(
        label=_("Certificate file"),
        max_length=LONGEST_INPUT,
        help_text=_("The PDF, or credential.json, at most 2 MB. The file is checked and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 2 MB; certificates are much smaller."))
        return file


class RefuseForm(forms.Form):
    """Why a decision is refused."""

    reason = forms.CharField(label=_("Reason for refusing"), max_length=300)


class RevokeForm(forms.Form):
    """Why a certificate is revoked, inside the house and outside."""

    reason = forms.CharField(
        label=_("Reason for revoking"), max_length=300, help_text=_("Kept in the record; strangers do not see it.")
    )
    public_reason = forms.CharField(
        label=_("Reason shown to whoever verifies"), max_length=300, required=False, help_text=_("May stay empty.")
    )
