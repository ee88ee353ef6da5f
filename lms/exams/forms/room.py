from django import forms
from django.http import QueryDict

from lms.exams.services.steps import MOST_STEPS

CHECK = "check"


class PageForm(forms.Form):
    """One question as the exam room's plain form sends it; answers are read by the kind of the question."""

    data: QueryDict

    client_seq = forms.IntegerField(min_value=1, max_value=MOST_STEPS)
    slot = forms.IntegerField(min_value=1)
    go = forms.CharField(required=False)

    def fields_sent(self) -> dict[str, list[str]]:
        """Everything that was sent, every name with all its values."""
        return dict(self.data.lists())

    def flagged(self) -> bool:
        return f"flag-{self.cleaned_data['slot']}" in self.data
