"""What managers write down about exams, seats and pass marks."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.exams.enums import CutMethod, Difficulty, ExamMode, QuestionKind
from lms.exams.models import QuestionBank
from lms.exams.selectors.planning import Stock, banks_to_draw_from
from lms.exams.services.blueprints import MOST_LINES, MOST_OF_A_LINE
from lms.exams.services.drawing import CASE
from lms.kernel.beijing import BEIJING
from lms.kernel.levels import LevelCode
from lms.schemes.enums import SchemeState
from lms.schemes.selectors.outlines import versions

if TYPE_CHECKING:
    from lms.accounts.models import User

LEVELS = [
    (LevelCode.JUNIOR.value, _("Junior")),
    (LevelCode.INTERMEDIATE.value, _("Intermediate")),
    (LevelCode.SENIOR.value, _("Senior")),
]
MOST_MINUTES, MOST_EXTRA, LONGEST_GRACE = 600, 480, 600


class Moment(forms.DateTimeField):
    """A day and a time by the Beijing clock."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(BEIJING).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(BEIJING):
            return super().to_python(value)


class SettingsForm(forms.Form):
    """The settings of an exam; every moment is told by the Beijing clock."""

    title = forms.CharField(label=_("Title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=160, required=False)
    opens_at = Moment(label=_("The room opens, Beijing time"))
    closes_at = Moment(
        label=_("The room closes, Beijing time"),
        help_text=_("Whoever starts late loses what reaches beyond it; extra time goes on after it."),
    )
    minutes = forms.IntegerField(label=_("Minutes for the paper"), min_value=1, max_value=MOST_MINUTES, initial=90)
    grace_s = forms.IntegerField(
        label=_("Seconds of grace"),
        min_value=0,
        max_value=LONGEST_GRACE,
        initial=60,
        help_text=_("So long after the end a save that is on its way is still taken."),
    )
    mode = forms.ChoiceField(
        label=_("Mode"),
        choices=ExamMode.choices,
        help_text=_("It stands on every result, in the evidence and on the page that verifies a certificate."),
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts"),
        min_value=1,
        max_value=9,
        initial=1,
        help_text=_("Every attempt of a person in this exam sits the same paper; another exam asks other questions."),
    )
    exposure_percent = forms.IntegerField(
        label=_("Most papers that may hold one question, in percent"), min_value=1, max_value=100, initial=100
    )
    results_at = Moment(
        label=_("Results shown from"), required=False, help_text=_("Empty: as soon as a paper is marked.")
    )
    review_from = Moment(label=_("Own answers shown from"), required=False, help_text=_("Empty: never."))
    keys_from = Moment(label=_("Keys and explanations shown from"), required=False, help_text=_("Empty: never."))
    appeal_days = forms.IntegerField(label=_("Days to appeal"), min_value=1, max_value=60, initial=7)
    decision_days = forms.IntegerField(label=_("Days to decide an appeal"), min_value=1, max_value=90, initial=15)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("An exam closes after it opens."))
        for name in ("review_from", "keys_from"):
            if closes and cleaned.get(name) and cleaned[name] < closes:
                self.add_error(name, _("This is shown after the room has closed, never before."))
        results, review = cleaned.get("results_at"), cleaned.get("review_from")
        if results and review and review < results:
            self.add_error("review_from", _("Own answers are shown with the results or later, never before."))
        return cleaned


class BankChoice(forms.ModelChoiceField):
    """Banks by title and base."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.organisation.local_name}"


class SchemeChoice(forms.ModelChoiceField):
    """Versions of a scheme that are in force or will be."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.local_title} · {obj.number}"


class PlanForm(SettingsForm):
    """A new exam: besides the settings what never changes afterwards."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, for example junior-2027-spring."),
    )
    bank = BankChoice(label=pgettext_lazy("of an exam", "Question bank"), queryset=QuestionBank.objects.none())
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    scheme_version = SchemeChoice(
        label=_("Version of the scheme"),
        queryset=None,
        help_text=_("It says who is admitted, and which percentage passes."),
    )
    field_order = ("title", "title_en", "code", "level", "bank", "scheme_version")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = banks_to_draw_from(user)  # type: ignore[attr-defined]
        self.fields["scheme_version"].queryset = versions().filter(state=SchemeState.PUBLISHED)  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """One line of a blueprint."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a question", "Kind"),
        choices=[("", "—"), *QuestionKind.choices, (CASE, _("Case set"))],
        required=False,
    )
    module = forms.ChoiceField(label=_("Module"), required=False)
    topic = forms.ChoiceField(label=pgettext_lazy("of a question", "Topic"), required=False)
    difficulty = forms.ChoiceField(
        label=_("Difficulty"),
        choices=[("", pgettext_lazy("of a blueprint", "any")), *Difficulty.choices],
        required=False,
    )
    count = forms.IntegerField(
        label=pgettext_lazy("how many", "Number"), min_value=1, max_value=MOST_OF_A_LINE, required=False
    )
    points = forms.DecimalField(
        label=_("Points each"), min_value=0, max_value=1000, max_digits=6, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, stock: Stock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [("", pgettext_lazy("of a blueprint", "any")), *stock.modules]  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", pgettext_lazy("of a blueprint", "any")), *stock.topics]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") and not cleaned.get("count") and "count" not in self.errors:
            self.add_error("count", _("How many?"))
        if cleaned.get("kind") and not cleaned.get("points") and "points" not in self.errors:
            self.add_error("points", _("How many points?"))
        return cleaned


BlueprintForms = formset_factory(
    LineForm, extra=0, can_delete=True, max_num=MOST_LINES, absolute_max=2 * MOST_LINES, validate_max=True
)


class SeatForm(forms.Form):
    """Where somebody sits, and with how much time."""

    room = forms.CharField(label=_("Room"), max_length=60, required=False)
    desk = forms.CharField(label=_("Desk"), max_length=20, required=False)
    extra_minutes = forms.IntegerField(label=_("Extra minutes"), min_value=0, max_value=MOST_EXTRA, initial=0)
    extra_reason = forms.CharField(
        label=_("Reason for extra time"),
        max_length=200,
        required=False,
        help_text=_("Only what the decision needs; it is personal data."),
    )


class AdmitForm(SeatForm):
    """One person to be admitted."""

    mail = forms.EmailField(label=_("Mail address of the person"))
    exception = forms.CharField(
        label=_("Why admitted before all rules are met"),
        max_length=300,
        required=False,
        help_text=_(
            "Only where the scheme does not admit this person yet. It stays on the seat and in the audit book."
        ),
    )
    field_order = ("mail",)


class CutForm(forms.Form):
    """A decision on the pass mark."""

    percent = forms.DecimalField(
        label=_("Pass mark in percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    method = forms.ChoiceField(label=_("Method"), choices=CutMethod.choices)
    decided_on = forms.DateField(
        label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=200, help_text=_("The panel, by its members or name.")
    )
    note = forms.CharField(
        label=_("How it was found"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
