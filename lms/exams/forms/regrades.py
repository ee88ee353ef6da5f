"""What is wrong with an exam, as a manager proposes to correct it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import CutMethod, ExclusionRule, QuestionKind

Accepted = dict[str, Any]
Texts = Mapping[str, Any]


class ReasonForm(forms.Form):
    """Every correction says why."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever approves reads it, and everybody whose result changes."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExclusionForm(ReasonForm):
    """A faulty question that no longer counts."""

    rule = forms.ChoiceField(
        label=_("What becomes of its points"), choices=ExclusionRule.choices, widget=forms.RadioSelect
    )
    field_order = ("rule", "reason")


class CutForm(ReasonForm):
    """Another cut score, with who decided it, when and how."""

    percent = forms.DecimalField(label=_("Pass mark in percent"), min_value=0, max_value=100, decimal_places=2)
    method = forms.ChoiceField(label=_("Method"), choices=CutMethod.choices)
    decided_on = forms.DateField(label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}))
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    note = forms.CharField(
        label=_("How it was found"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("percent", "method", "decided_on", "decided_by", "note", "reason")


def _choices(texts: Sequence[Texts]) -> list[tuple[str, str]]:
    return [(each["id"], str(each["text"])) for each in texts]


class KeyForm(ReasonForm):
    """A corrected key: what is right by the kind of the question, and the explanation that goes with it."""

    explanation = forms.CharField(label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 4}))
    explanation_en = forms.CharField(
        label=_("Explanation in English"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(label=_("Source"), max_length=200)

    def __init__(self, *args: Any, kind: str, body: Texts, accepted: Accepted, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = QuestionKind(kind)
        self.body = body
        own = _FIELDS[self.kind](body, accepted)
        self.fields.update(own)
        self.order_fields([*own, "explanation", "explanation_en", "source", "reason"])

    def accepted(self) -> Accepted:
        """The key that was entered, in the shape of its kind; whether it fits is for the verb to say."""
        return _READ[self.kind](self.cleaned_data, self.body)


def _option(body: Texts, accepted: Accepted) -> dict[str, forms.Field]:
    field = forms.ChoiceField(
        label=_("Right option"),
        choices=_choices(body["options"]),
        initial=accepted["option"],
        widget=forms.RadioSelect,
    )
    return {"option": field}


def _options(body: Texts, accepted: Accepted) -> dict[str, forms.Field]:
    field = forms.MultipleChoiceField(
        label=_("Right options"),
        choices=_choices(body["options"]),
        initial=accepted["options"],
        widget=forms.CheckboxSelectMultiple,
    )
    return {"options": field}


def _number(_body: Texts, accepted: Accepted) -> dict[str, forms.Field]:
    named = (
        ("value", _("Right number")),
        ("tolerance", _("Tolerance")),
        ("tolerance_percent", _("Tolerance in percent")),
    )
    return {
        name: forms.DecimalField(label=label, required=name == "value", initial=accepted.get(name))
        for name, label in named
    }


def _blanks(_body: Texts, accepted: Accepted) -> dict[str, forms.Field]:
    return {
        f"blank-{no}": forms.CharField(
            label=gettext("Blank %(no)s: every wording that is right, one a line") % {"no": no},
            initial="\n".join(ways),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        for no, ways in enumerate(accepted["blanks"], start=1)
    }


def _pairs(body: Texts, accepted: Accepted) -> dict[str, forms.Field]:
    choices = _choices(body["choices"])
    return {
        f"pair-{option}": forms.ChoiceField(label=text, choices=choices, initial=accepted["pairs"].get(option))
        for option, text in _choices(body["options"])
    }


def _places(body: Texts, accepted: Accepted) -> dict[str, forms.Field]:
    most = len(body["options"])
    return {
        f"place-{option}": forms.IntegerField(
            label=text, min_value=1, max_value=most, initial=accepted["order"].index(option) + 1
        )
        for option, text in _choices(body["options"])
    }


def _read_number(data: Mapping[str, Any], _body: Texts) -> Accepted:
    names = ("value", "tolerance", "tolerance_percent")
    return {name: f"{data[name]:f}" for name in names if data.get(name) is not None}


def _read_blanks(data: Mapping[str, Any], _body: Texts) -> Accepted:
    named = sorted((int(name.split("-")[1]), text) for name, text in data.items() if name.startswith("blank-"))
    return {"blanks": [[way.strip() for way in text.splitlines() if way.strip()] for _no, text in named]}


def _read_pairs(data: Mapping[str, Any], body: Texts) -> Accepted:
    return {"pairs": {option["id"]: data[f"pair-{option['id']}"] for option in body["options"]}}


def _read_order(data: Mapping[str, Any], body: Texts) -> Accepted:
    ids = [option["id"] for option in body["options"]]
    return {"order": sorted(ids, key=lambda option: data[f"place-{option}"])}


_FIELDS = {
    QuestionKind.SINGLE: _option,
    QuestionKind.TRUE_FALSE: _option,
    QuestionKind.MULTIPLE: _options,
    QuestionKind.NUMERIC: _number,
    QuestionKind.FILL_IN: _blanks,
    QuestionKind.MATCHING: _pairs,
    QuestionKind.ORDERING: _places,
}
_READ = {
    QuestionKind.SINGLE: lambda data, _body: {"option": data["option"]},
    QuestionKind.TRUE_FALSE: lambda data, _body: {"option": data["option"]},
    QuestionKind.MULTIPLE: lambda data, _body: {"options": data["options"]},
    QuestionKind.NUMERIC: _read_number,
    QuestionKind.FILL_IN: _read_blanks,
    QuestionKind.MATCHING: _read_pairs,
    QuestionKind.ORDERING: _read_order,
}
