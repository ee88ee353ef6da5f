from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import PracticeKind
from courses.models import PracticeRecord
from courses.selectors.practice import bases_for_practice, records_to_link
from courses.selectors.practice_fields import CHOICE, DAY, LONG, LONGEST, MONEY, RECORD, Field, fields_of

from .applications import PapersField

if TYPE_CHECKING:
    from lms.accounts.models import Person

EVIDENCE = _(
    "PDF, JPEG or PNG, at most 10 MB each. Cover what proves nothing: telephone and identity numbers, faces of others."
)


def _date(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class BaseChoice(forms.ModelChoiceField):
    """Training bases by their name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.local_name)


class RecordChoice(forms.ModelChoiceField):
    """Records by day and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.occurred_on.isoformat()} · {obj.title}"


class BeginForm(forms.Form):
    """What every record begins with."""

    kind = forms.ChoiceField(label=_("Kind of practice"), choices=PracticeKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("In a few words, so that you find it again: what, and with whom.")
    )
    occurred_on = _date(_("Day"), help_text=_("The day on which it happened."))
    organisation = BaseChoice(
        label=_("Training base"), queryset=None, help_text=_("A trainer or manager there signs the record off.")
    )

    def __init__(self, *args: Any, person: "Person", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField", self.fields["organisation"])
        choice.queryset = bases_for_practice(person.pk)
        places = list(choice.queryset[:2])
        if len(places) == 1:
            self.initial.setdefault("organisation", places[0])
            choice.empty_label = None


class PracticeForm(forms.Form):
    """A record of one kind, and the files that prove it; gaps are allowed until it is handed in."""

    title = forms.CharField(label=_("Title"), max_length=120)
    occurred_on = _date(_("Day"))

    def __init__(self, *args: Any, record: PracticeRecord, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = fields_of(record.kind)
        for field in self.asked:
            self.fields[field.name] = _form_field(field, record)
            self.fields[field.name].required = complete and field.required
        self.fields["evidence"] = PapersField(label=_("Evidence"), help_text=EVIDENCE)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.papers = cleaned.get("evidence") or []
        for fault in cast("PapersField", self.fields["evidence"]).faults:
            self.add_error("evidence", fault)
        low, high = cleaned.get("budget_from"), cleaned.get("budget_to")
        if low is not None and high is not None and low > high:
            self.add_error("budget_to", _("The budget ends below where it begins."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the kind asks for, as it was filled in."""
        values = {field.name: self.cleaned_data.get(field.name) for field in self.asked}
        return {name: value.uid if isinstance(value, PracticeRecord) else value for name, value in values.items()}


class JudgementForm(forms.Form):
    """Why a record is sent back or refused; whoever wrote it reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever wrote the record reads it: who can prove it, whose part it is, what has to be covered."),
    )


def _form_field(field: Field, record: PracticeRecord) -> forms.Field:
    said: dict[str, Any] = {"label": field.label, "help_text": field.hint}
    if field.value == DAY:
        return _date(**said)
    if field.value == MONEY:
        return forms.DecimalField(min_value=0, max_digits=14, decimal_places=2, **said)
    if field.value == CHOICE:
        return forms.ChoiceField(choices=[("", _("Choose one")), *field.choices], **said)
    if field.value == RECORD:
        links = records_to_link(record.person_id, field.of).exclude(pk=record.pk)
        return RecordChoice(queryset=links, to_field_name="uid", empty_label=_("none of my records"), **said)
    if field.value == LONG:
        return forms.CharField(max_length=LONGEST[LONG], widget=forms.Textarea(attrs={"rows": 3}), **said)
    return forms.CharField(max_length=LONGEST[field.value], **said)
