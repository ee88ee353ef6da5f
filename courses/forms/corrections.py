from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CorrectionForm(forms.Form):
    """Minutes given or taken back, with why and with what proves it."""

    item_uid = forms.ChoiceField(label=_("Lesson"))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=-1440,
        max_value=1440,
        help_text=_("More than 0 gives minutes, less than 0 takes them back."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The trainee reads this."),
    )
    evidence = forms.FileField(label=_("Evidence"), help_text=_("A PDF, JPEG or PNG file of at most 10 MB."))

    def __init__(self, *args: Any, lessons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_uid"].choices = lessons  # type: ignore[attr-defined]
