import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Announcement
from courses.selectors.announcements import Audience


def new_uid() -> str:
    """The number of an announcement, drawn with the form: sent twice, it is told once."""
    return str(uuid.uuid4())


class AnnouncementForm(forms.ModelForm):
    """Something to tell those who study a course; `audience` offers only those whom the writer may tell."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=new_uid)
    audience = forms.ChoiceField()

    class Meta:
        model = Announcement
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "maxlength": 4000})}

    field_order = ("uid", "audience", "title", "text")

    def __init__(self, *args: Any, audiences: list[Audience], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audiences = {each.key: each for each in audiences}
        self.fields["audience"] = forms.ChoiceField(
            label=_("To whom"), choices=[(each.key, each.label) for each in audiences]
        )

    @property
    def whom(self) -> Audience:
        """The audience chosen in a valid form."""
        return self.audiences[self.cleaned_data["audience"]]
