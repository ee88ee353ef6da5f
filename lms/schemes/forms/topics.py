"""One topic of the curriculum."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.schemes.enums import Delivery, ModuleCode

from .rules import SMALLEST, code_field
from .versions import RevisionForm


class TopicForm(RevisionForm):
    """A topic with its module, how it is taught, and its class hours where a source gives them."""

    module = forms.ChoiceField(label=_("Module"), choices=ModuleCode.choices)
    title = forms.CharField(label=_("Chinese title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=160)
    code = code_field(label=_("Code"), help_text=_("The code that its lesson names as its topic."))
    delivery = forms.ChoiceField(label=_("How it is taught"), choices=Delivery.choices)
    class_hours = forms.DecimalField(
        label=_("Class hours"),
        required=False,
        min_value=SMALLEST,
        max_digits=6,
        decimal_places=2,
        help_text=_("Left empty where no source gives a figure."),
    )
    hours_source = forms.CharField(
        label=_("Source of the figure (Chinese)"),
        max_length=200,
        help_text=_("Where the figure comes from, or why there is none."),
    )
    hours_source_en = forms.CharField(label=_("Source of the figure (English)"), max_length=200)

    def topic(self) -> dict[str, Any]:
        """The topic as the version keeps it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}
