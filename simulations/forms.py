"""Plain forms of the deal room, read into the commands that the engine knows."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PACKAGES = ("a", "b", "c")
_TYPES = ("act", "ask", "procedure", "read", "assess", "propose", "draft", "write", "advance", "walk_away", "close")
_FIGURES = ("low", "likely", "high")


def number_or_text(entered: str) -> float | str:
    """A number where it is one; anything else goes to the rules as it is, which refuse it in words."""
    try:
        return float(entered)
    except ValueError:
        return entered


class CommandForm(forms.Form):
    """One act in the room. What the fields may hold is for the rules to say, not for this form."""

    request_id = forms.CharField(max_length=64)
    type = forms.ChoiceField(choices=[(name, name) for name in _TYPES])

    def __init__(self, data: QueryDict, *, issues: Collection[str]) -> None:
        super().__init__(data)
        self.sent = data
        self.issues = issues

    def command(self) -> dict[str, Any]:
        """The command that this form asks for."""
        kind = self.cleaned_data["type"]
        fields: dict[str, Any] = getattr(self, f"_{kind}", dict)()
        return {"type": kind, **fields}

    def _act(self) -> dict[str, Any]:
        option = self.sent.get("option")
        return {"action": self.sent.get("action", ""), **({"option": option} if option else {})}

    _ask = _procedure = _act

    def _read(self) -> dict[str, Any]:
        return {"document": self.sent.get("document", "")}

    def _assess(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "assessment": self.sent.get("assessment", ""),
            "basis": self.sent.get("basis", "").strip(),
        }
        if "value" in self.sent:
            fields["value"] = self.sent["value"]
        for name in ("number", "low", "high"):
            if self.sent.get(name):
                fields["value" if name == "number" else name] = number_or_text(str(self.sent[name]))
        return fields | self._worked_out()

    def _worked_out(self) -> dict[str, Any]:
        """Cited clues, the rows of a checklist and the figures of a worksheet, where there are any."""
        rows = {name.removeprefix("row-"): self.sent[name] for name in self.sent if name.startswith("row-")}
        worked: dict[str, Any] = {
            "evidence": self.sent.getlist("evidence"),
            "rows": {name: str(answer) for name, answer in rows.items() if answer},
            "figures": self._figures(),
        }
        return {name: value for name, value in worked.items() if value}

    def _figures(self) -> dict[str, list[float | str]]:
        """Low, likely and high of every line that was filled in; one figure stands for all three."""
        names = [name.removeprefix("fig-").removesuffix("-likely") for name in self.sent if name.endswith("-likely")]
        sheet = {}
        for name in names:
            likely = self.sent.get(f"fig-{name}-likely")
            if likely:
                given = [self.sent.get(f"fig-{name}-{each}") or likely for each in _FIGURES]
                sheet[name] = [number_or_text(str(each)) for each in given]
        return sheet

    def _draft(self) -> dict[str, Any]:
        return {"draft": self.sent.get("draft", ""), "clauses": self.sent.getlist("clauses")}

    def _write(self) -> dict[str, Any]:
        return {"paper": self.sent.get("paper", ""), "text": self.sent.get("text", "").replace("\r\n", "\n").strip()}

    def _walk_away(self) -> dict[str, Any]:
        return {"reason": self.sent.get("reason", "").strip()}

    def _propose(self) -> dict[str, Any]:
        sent = [letter for letter in PACKAGES if letter == "a" or self.sent.get(f"with-{letter}")]
        return {"packages": [self._package(letter) for letter in sent]}

    def _package(self, letter: str) -> dict[str, Any]:
        entered = {issue: self.sent.get(f"{letter}-{issue}") for issue in self.issues}
        return {issue: number_or_text(value) for issue, value in entered.items() if value}


class ScenarioFileForm(forms.Form):
    """A scenario file."""

    file = forms.FileField(
        label=_("Scenario file"),
        help_text=_("YAML in UTF-8, at most 1 MB, as the reference of scenario files describes it."),
    )


class NoteForm(forms.Form):
    """Why a version takes its next step."""

    note = forms.CharField(
        label=pgettext_lazy("version step", "Note"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )


class PilotForm(forms.Form):
    """What a trial with people found."""

    players = forms.IntegerField(label=_("People who played"), min_value=1, max_value=100_000)
    agreement = forms.DecimalField(
        label=_("Rank correlation with instructors"),
        min_value=-1,
        max_value=1,
        max_digits=4,
        decimal_places=3,
        help_text=_("Spearman's rho between the automatic score and what instructors judged, from −1 to 1."),
    )
    report = forms.CharField(
        label=_("What was done and found"), max_length=6000, widget=forms.Textarea(attrs={"rows": 5})
    )
