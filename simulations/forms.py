"""Plain forms of the deal room, read into the commands that the engine knows."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict

PACKAGES = ("a", "b", "c")
_TYPES = ("act", "ask", "procedure", "read", "assess", "propose", "draft", "advance", "walk_away", "close")


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
        return fields

    def _draft(self) -> dict[str, Any]:
        return {"draft": self.sent.get("draft", ""), "clauses": self.sent.getlist("clauses")}

    def _walk_away(self) -> dict[str, Any]:
        return {"reason": self.sent.get("reason", "").strip()}

    def _propose(self) -> dict[str, Any]:
        sent = [letter for letter in PACKAGES if letter == "a" or self.sent.get(f"with-{letter}")]
        return {"packages": [self._package(letter) for letter in sent]}

    def _package(self, letter: str) -> dict[str, Any]:
        entered = {issue: self.sent.get(f"{letter}-{issue}") for issue in self.issues}
        return {issue: number_or_text(value) for issue, value in entered.items() if value}
