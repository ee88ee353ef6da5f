from django import forms
from django.utils.translation import gettext_lazy as _

from lms.credits.services.boards import LONGEST, plain


class JoinForm(forms.Form):
    """Under which name somebody stands on a board."""

    shown_as = forms.CharField(
        label=_("Name to be shown"),
        max_length=LONGEST,
        help_text=_("Your own or one that you choose. People of this organisation read it beside your points."),
    )

    def clean_shown_as(self) -> str:
        name = plain(self.cleaned_data["shown_as"])
        if not name:
            raise forms.ValidationError(_("Write a name that can be read."))
        return name
