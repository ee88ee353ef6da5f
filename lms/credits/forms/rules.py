"""Changing a draft of credit rules by plain forms: its facts, the terms of all kinds, one kind with its rules."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.credits.engine.parts import MOST_POINTS
from lms.credits.selectors.rule_words import plain

from .rule_rows import figure_list, points_field, text_of_list, whole_field

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation
    from lms.credits.engine.rules import RuleTable
    from lms.credits.models import CreditRules

LONG = forms.Textarea(attrs={"rows": 3})


class RevisionForm(forms.Form):
    """The revision of the draft that the page showed; every change names it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def newer(self, revision: int, stands: Mapping[str, Any]) -> None:
        """After a refusal as stale: keep what was typed, and say at each field that differs what stands now."""
        self.data = {**self.data.dict(), "revision": str(revision)}  # type: ignore[attr-defined]
        for name in self.fields:
            now, typed = stands.get(name, ""), self.cleaned_data.get(name)
            if name != "revision" and (now or "") != (typed or "") and name not in self.errors:
                said = plain(now) if isinstance(now, Decimal) else now
                words = _("The draft now says: %(said)s") % {"said": said if said not in ("", None) else "—"}
                self.errors.setdefault(name, self.error_class()).append(str(words))


class BeginDraftForm(forms.Form):
    """Whose rules are drafted, and from which version."""

    owner = forms.ChoiceField(label=_("Whose rules"))
    based_on = forms.ChoiceField(label=_("Drafted from"))

    def __init__(
        self,
        *args: Any,
        organisations: "list[Organisation]",
        scheme: bool,
        versions: "list[CreditRules]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        common = [("", _("The whole scheme"))] if scheme else []
        self.fields["owner"] = forms.ChoiceField(
            label=_("Whose rules"),
            required=not scheme,
            choices=[*common, *((each.code, each.local_name) for each in organisations)],
        )
        self.fields["based_on"] = forms.ChoiceField(
            label=_("Drafted from"), choices=[(each.code, f"{each.code} · {each.local_title}") for each in versions]
        )


class FactsForm(RevisionForm):
    """Title, first day, and why the rules change."""

    title = forms.CharField(label=_("Chinese title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=160)
    effective_from = forms.DateField(
        label=pgettext_lazy("of a version", "First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("By the Beijing calendar. Publishing needs a day still to come."),
    )
    reason = forms.CharField(
        label=_("Why the rules change"),
        widget=LONG,
        required=False,
        max_length=1000,
        help_text=_("Kept with the version and in the audit book."),
    )


class TermsForm(RevisionForm):
    """What holds for all kinds."""

    practice_percent = forms.DecimalField(
        label=_("Least share from practice, in percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    no_earlier_than = forms.DateField(
        label=_("Nothing counts from before"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    two_people_from = points_field(_("Two people confirm from this many points on"), required=True)
    days_to_hand_in = whole_field(_("Days to hand a claim in, from the day of the work"), 1, 3650)
    days_to_answer = whole_field(_("Days to answer a claim"), 1, 3650)
    days_to_complete = whole_field(_("Days to complete a returned claim"), 1, 3650)
    days_to_appeal = whole_field(_("Days to appeal a rejection"), 1, 3650)
    audit_percent = forms.DecimalField(
        label=_("Confirmed claims drawn for a second look, in percent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    stars = forms.CharField(
        label=_("Points for one star, two stars and so on"),
        help_text=_("Rising figures with commas between them, at most ten."),
    )
    source = forms.CharField(label=_("Source of the figures (Chinese)"), widget=LONG, max_length=400)
    source_en = forms.CharField(label=_("Source of the figures (English)"), widget=LONG, max_length=400)

    CLAIMS = ("two_people_from", "days_to_hand_in", "days_to_answer", "days_to_complete", "days_to_appeal")

    @classmethod
    def of(cls, table: "RuleTable") -> dict[str, Any]:
        """What the fields say of a table."""
        claims = {name: getattr(table.claims, name) for name in (*cls.CLAIMS, "audit_percent")}
        own = {name: getattr(table, name) for name in ("practice_percent", "no_earlier_than", "source", "source_en")}
        return {**own, **claims, "stars": text_of_list([star.points for star in table.stars])}

    def clean_stars(self) -> str:
        return text_of_list(figure_list(self.cleaned_data["stars"], most=MOST_POINTS, entries=10))

    def terms(self) -> dict[str, Any]:
        """The terms as the table keeps them."""
        said = self.cleaned_data
        points = figure_list(said["stars"], most=MOST_POINTS, entries=10)
        return {
            **{name: said[name] for name in ("source", "source_en", "no_earlier_than")},
            "practice_percent": str(said["practice_percent"]),
            "claims": {
                **{name: said[name] for name in self.CLAIMS[1:]},
                "two_people_from": str(said["two_people_from"]),
                "audit_percent": str(said["audit_percent"]),
            },
            "stars": [{"stars": n, "points": str(each)} for n, each in enumerate(points, start=1)],
        }


class FileForm(RevisionForm):
    """A whole rule table as a file."""

    file = forms.FileField(
        label=_("Rule file (YAML)"),
        help_text=_("Its version keeps its number. Everything in the draft is replaced; at most 500 KB."),
    )


class PublishForm(RevisionForm):
    """The last word before publishing."""

    reason = forms.CharField(
        label=_("Why the rules change"),
        widget=LONG,
        max_length=1000,
        error_messages={"required": _("Say why the credit rules change; everybody whom they concern reads it.")},
    )
