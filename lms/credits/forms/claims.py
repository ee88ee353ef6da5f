from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from lms.credits.selectors.claims import label_of, local
from lms.credits.services.claim_endings import LONGEST_APPEAL
from lms.credits.services.claim_fields import LONGEST, checked
from lms.credits.services.claiming import LONGEST_INTEREST, LONGEST_TITLE
from lms.credits.services.shares import LONGEST_PART, LONGEST_REASON, MOST_PEOPLE, Part, as_percent, contributor
from lms.kernel.refusals import Refusal

from .papers import PapersField

if TYPE_CHECKING:
    from datetime import date

    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation
    from lms.credits.engine.parts import EvidenceField
    from lms.credits.engine.rules import Rule

EVIDENCE = _("PDF, JPEG or PNG, at most 10 MB each. Cover what proves nothing: telephone and identity numbers.")
# What a rule asks for is kept apart from what every claim says.
SAID = "said_"


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class BeginClaimForm(forms.Form):
    """What every claim begins with; the rule is chosen on the page itself."""

    rule = forms.CharField(max_length=40, error_messages={"required": _("Choose what you did.")})
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("In a few words, so that you and those who confirm it find it again."),
    )
    occurred_on = _day(
        _("Day of the work"), help_text=_("The day on which it was done; its rules decide what it gives.")
    )

    def __init__(self, *args: Any, organisations: "list[Organisation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ChoiceField(
            choices=[(each.code, each.local_name) for each in organisations], widget=forms.HiddenInput
        )


class ClaimForm(forms.Form):
    """A draft: what every claim says, and what its rule asks for. Gaps are allowed until it is handed in."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    occurred_on = _day(_("Day of the work"))

    def __init__(self, *args: Any, rule: "Rule", today: "date", complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.today = rule, today
        for field in rule.fields:
            self.fields[SAID + field.name] = _form_field(field, required=complete and field.required)
        self.fields["evidence"] = PapersField(label=_("Add files"), help_text=EVIDENCE)
        self.fields["no_interest"] = forms.BooleanField(
            label=_("I have no interest of my own in it: no share, post, kinship or payment by one of the parties."),
            required=False,
        )
        self.fields["interest"] = forms.CharField(
            label=_("Or: my interest is this"),
            required=False,
            max_length=LONGEST_INTEREST,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("An interest that is declared is no obstacle; one that is hidden is a violation."),
        )
        self.said: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.papers = cleaned.get("evidence") or []
        for fault in cast("PapersField", self.fields["evidence"]).faults:
            self.add_error("evidence", fault)
        for field in self.rule.fields:
            try:
                self.said |= checked(self.rule, {field.name: cleaned.get(SAID + field.name)}, today=self.today)
            except Refusal as refusal:
                self.add_error(SAID + field.name, str(refusal))
        return cleaned

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the rule, in its order."""
        return [self[SAID + field.name] for field in self.rule.fields]


class ShareForm(forms.Form):
    """One co-contributor: an address, a share, and what they did. A row without an address is no row."""

    mail = forms.CharField(label=_("Mail address with which they sign in"), max_length=254, required=False)
    percent = forms.CharField(label=_("Share in percent"), max_length=12, required=False)
    part = forms.CharField(label=_("Part in the work"), max_length=LONGEST_PART, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail"].widget.attrs |= {"inputmode": "email", "autocomplete": "off"}
        self.fields["percent"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.person: Person | None = None
        self.said: Decimal | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("mail"):
            for name, read in (("mail", self._find), ("percent", self._reckon)):
                try:
                    read(str(cleaned.get(name, "")))
                except Refusal as refusal:
                    self.add_error(name, str(refusal))
        return cleaned

    def _find(self, mail: str) -> None:
        self.person = contributor(mail)

    def _reckon(self, percent: str) -> None:
        self.said = as_percent(percent)


class OwnShareForm(forms.Form):
    """The claimant's own share."""

    own_percent = forms.CharField(label=_("Your share in percent"), max_length=12)
    own_part = forms.CharField(label=_("Your part in the work"), max_length=LONGEST_PART, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own_percent"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean_own_percent(self) -> Decimal:
        try:
            return as_percent(self.cleaned_data["own_percent"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class BaseSharesForm(BaseFormSet):
    """All co-contributors of a claim."""

    @property
    def named(self) -> list[ShareForm]:
        """The rows that name somebody."""
        return [form for form in self.forms if form.data.get(form.add_prefix("mail"), "").strip()]

    def parts(self, person: "Person", own: OwnShareForm) -> list[Part]:
        """Everybody with a share, the claimant first."""
        first = Part(person, own.cleaned_data["own_percent"], own.cleaned_data["own_part"])
        rows = [(row.person, row.said, row.cleaned_data["part"]) for row in self.named]
        return [first, *(Part(who, percent, words) for who, percent, words in rows if who and percent)]


SharesForm = formset_factory(
    ShareForm, formset=BaseSharesForm, extra=2, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE + 1
)


class ShareAnswerForm(forms.Form):
    """What a co-contributor says to their share."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("If you decline: why"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever claims reads it and can change the shares."),
    )


class AppealForm(forms.Form):
    """What somebody holds against a rejection."""

    reason = forms.CharField(
        label=_("What you hold against the rejection"),
        max_length=LONGEST_APPEAL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name what was overlooked or misread, and where it stands in your files."),
    )


def _form_field(field: "EvidenceField", *, required: bool) -> forms.Field:
    said: dict[str, Any] = {
        "label": label_of(field),
        "help_text": escape(local(field.hint, field.hint_en)),  # drawn as it is; organisations write it
        "required": required,
    }
    if field.value == "day":
        return _day(said.pop("label"), **said)
    if field.value == "choice":
        choices = [(choice.code, local(choice.label, choice.label_en)) for choice in field.choices]
        return forms.ChoiceField(choices=[("", _("Choose one")), *choices], **said)
    if field.value == "long":
        return forms.CharField(max_length=LONGEST["long"], widget=forms.Textarea(attrs={"rows": 3}), **said)
    if field.value == "short":
        return forms.CharField(max_length=LONGEST["short"], **said)
    figure = forms.CharField(max_length=40, **said)
    figure.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
    return figure
