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

    def answers(self) -> list[str]:
        return [text for text in self.data.getlist(f"answer-{self.cleaned_data['slot']}") if text.strip()]

    def flagged(self) -> bool:
        return f"flag-{self.cleaned_data['slot']}" in self.data
