from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignupForm(AllauthSignupForm):
    """Sign-up; differs from allauth in asking for the name that certificates will carry."""

    real_name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=60,
        help_text=_("As it stands on your identity document; certificates carry it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("real_name", "email", "password1", "password2")

    def clean_real_name(self) -> str:
        return " ".join(self.cleaned_data["real_name"].split())
