"""What those who decide fill in: how well they vouch, why they turn down, what they found, what they grant."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.credits.selectors.claims import label_of, local
from lms.credits.services.appealing import LONGEST_ANSWER
from lms.credits.services.claim_endings import LONGEST_APPEAL
from lms.credits.services.claim_fields import LONGEST, checked
from lms.credits.services.claiming import LONGEST_TITLE
from lms.credits.services.confirming import LONGEST_WORDS
from lms.credits.services.judging import LEVELS, LONGEST_REASON, levels_for
from lms.credits.services.sampling import LONGEST_FINDING
from lms.credits.services.shares import contributor
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from datetime import date

    from lms.accounts.models import Person
    from lms.credits.engine.parts import EvidenceField
    from lms.credits.engine.rules import Rule

SAID = "said_"
MOST_AT_ONCE = 50


def _text(label: Any, longest: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": 3}), **options)


class ConfirmForm(forms.Form):
    """How well the claim is vouched for, and what was looked at."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    verification = forms.ChoiceField(label=_("How well you vouch for it"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What you looked at"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_(
            "A second person, the claimant's audit and you yourself read it later: which paper, which registry."
        ),
    )

    def __init__(self, *args: Any, rule: "Rule | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = levels_for(rule) if rule else list(LEVELS[1:])
        self.fields["verification"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]
        if len(levels) == 1:  # whoever vouches chooses; nothing is ticked for them
            self.initial.setdefault("verification", levels[0].value)


class TurnDownForm(forms.Form):
    """Why a claim is returned, rejected or left to others."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = _text(
        _("Reason"),
        LONGEST_REASON,
        help_text=_("Whoever claimed reads it: what is missing, what does not fit, or why somebody else decides."),
    )


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    uphold = forms.TypedChoiceField(
        label=pgettext_lazy("about an appeal about credits", "Decision"),
        choices=[
            ("yes", pgettext_lazy("decision about an appeal", "Uphold the appeal")),
            ("no", pgettext_lazy("decision about an appeal", "Dismiss the appeal")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    answer = _text(_("Reasons"), LONGEST_ANSWER, help_text=_("Whoever appealed reads them as you write them."))


class FindingForm(forms.Form):
    """What looking again at a confirmed claim found."""

    passed = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[
            ("yes", _("In order: the evidence carries what was confirmed")),
            ("no", _("Wrong: its credits are taken back")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    finding = _text(
        _("What you found"),
        LONGEST_FINDING,
        help_text=_("Where credits are taken back, everybody who had a share reads it as the reason."),
    )


class ViolationAppealForm(forms.Form):
    """Why somebody holds that a violation was none."""

    reason = _text(_("What you hold against it"), LONGEST_APPEAL)


class EntryForm(forms.Form):
    """What an organisation writes about somebody: who, what, when, and what the rule asks for."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    mail = forms.CharField(
        label=_("Mail address with which the person signs in"),
        max_length=254,
        help_text=_("There is no list to browse; ask the person for it."),
    )
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    occurred_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, rule: "Rule", today: "date", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.today = rule, today
        self.initial.setdefault("request_id", uuid4())
        self.fields["mail"].widget.attrs |= {"inputmode": "email", "autocomplete": "off"}
        for field in rule.fields:
            self.fields[SAID + field.name] = _asked(field)
        self.person: Person | None = None
        self.said: dict[str, str] = {}

    def clean_mail(self) -> str:
        mail = str(self.cleaned_data["mail"])
        try:
            self.person = contributor(mail)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return mail

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for field in self.rule.fields:
            try:
                self.said |= checked(self.rule, {field.name: cleaned.get(SAID + field.name)}, today=self.today)
            except Refusal as refusal:
                self.add_error(SAID + field.name, str(refusal))
        return cleaned


def read_chosen(ticked: list[str]) -> dict[UUID, int | None]:
    """Claims ticked in the queue, as `uid` or `uid:revision`; what makes no sense is left out."""
    chosen: dict[UUID, int | None] = {}
    for each in ticked[:MOST_AT_ONCE]:
        uid, _colon, revision = each.partition(":")
        try:
            chosen[UUID(uid)] = int(revision) if revision else None
        except ValueError:
            continue
    return chosen


def _asked(field: "EvidenceField") -> forms.Field:
    said: dict[str, Any] = {
        "label": label_of(field),
        "required": field.required,
        # Hints are drawn as they are, and these come from rules that an organisation writes.
        "help_text": escape(local(field.hint, field.hint_en)),
    }
    if field.value == "choice":
        choices = [("", "—"), *((each.code, local(each.label, each.label_en)) for each in field.choices)]
        return forms.ChoiceField(choices=choices, **said)
    if field.value == "day":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **said)
    if field.value == "long":
        return _text(said.pop("label"), LONGEST["long"], **said)
    if field.value in ("money", "number"):
        return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **said)
    return forms.CharField(max_length=LONGEST["short"], **said)
