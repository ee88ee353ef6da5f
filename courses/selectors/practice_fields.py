"""What each kind of practice record asks for: one table that forms, checks, pages and claims read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.enums import ContractKind, IpStatus, MatchOutcome, PracticeKind

if TYPE_CHECKING:
    from django.utils.functional import Promise

SHORT, LONG, DAY, MONEY, CHOICE, RECORD = "short", "long", "day", "money", "choice", "record"
LONGEST = {SHORT: 120, LONG: 2000}
READINESS = [(str(step), str(step)) for step in range(1, 10)]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a kind of record asks for.

    `value` says what is kept: text (`short`, `long`), an ISO day, an amount as text with a point, one of
    `choices`, or the uid of another record of the same person, of one of the kinds in `of`.
    """

    name: str
    label: "str | Promise"
    value: str = SHORT
    hint: "str | Promise" = ""
    required: bool = True
    choices: tuple[tuple[str, "str | Promise"], ...] = ()
    of: tuple[PracticeKind, ...] = ()
    past: bool = False  # a day that cannot lie ahead


_CHAIN = _("The link before this one in the chain, if you have recorded it.")
OWN_PART = Field(
    "own_part",
    _("What you did yourself"),
    LONG,
    _("Your own part, with days; the part of others under their names. Ask them to read it."),
)
FIRM = Field("firm", _("Company"), hint=_("The name as registered."))

FIELDS: dict[PracticeKind, tuple[Field, ...]] = {
    PracticeKind.VISIT: (
        FIRM,
        Field("city", _("City")),
        Field("met", _("Whom you met"), LONG, _("Post and department; no telephone or identity numbers.")),
        Field(
            "seen", _("What you saw and heard"), LONG, _("Keep apart what you saw, what you were told, and a guess.")
        ),
        Field("follow_up", _("Follow-up"), LONG, _("Who does what, until when.")),
        OWN_PART,
    ),
    PracticeKind.DEMAND: (
        FIRM,
        Field("visit", _("From the visit"), RECORD, _CHAIN, required=False, of=(PracticeKind.VISIT,)),
        Field("problem", _("Problem"), LONG, _("What goes wrong, where, how often; not how to solve it.")),
        Field("metric", _("Metric"), hint=_("By what it is measured, and how it stands today.")),
        Field("target", _("Target"), hint=_("What counts as solved.")),
        Field("budget_from", _("Budget from, yuan"), MONEY, _("May stay empty."), required=False),
        Field("budget_to", _("Budget to, yuan"), MONEY),
        Field("deadline", _("Needed by"), DAY),
        OWN_PART,
    ),
    PracticeKind.ACHIEVEMENT: (
        Field("holder", _("Holder"), hint=_("To whom the achievement belongs.")),
        Field("name", _("Name of the achievement")),
        Field("ip_status", _("Rights"), CHOICE, choices=tuple(IpStatus.choices)),
        Field(
            "trl",
            _("Technology readiness, 1 to 9"),
            CHOICE,
            _("The step that the evidence reaches, not the one that is hoped for."),
            choices=tuple(READINESS),
        ),
        Field("proof", _("What proves it"), LONG, _("Tests, samples, users: where, when, by whom.")),
        OWN_PART,
    ),
    PracticeKind.MATCH: (
        Field("demand", _("Demand")),
        Field("demand_record", _("Record of the demand"), RECORD, _CHAIN, False, of=(PracticeKind.DEMAND,)),
        Field("achievement", _("Achievement")),
        Field(
            "achievement_record", _("Record of the achievement"), RECORD, _CHAIN, False, of=(PracticeKind.ACHIEVEMENT,)
        ),
        Field("demand_side", _("Side of the demand"), hint=_("Company, and the post of who spoke for it.")),
        Field("supply_side", _("Side of the achievement"), hint=_("Institute or company, and the post.")),
        Field("outcome", pgettext_lazy("of a match", "Outcome"), CHOICE, choices=tuple(MatchOutcome.choices)),
        Field("agreed", _("What was agreed, and what was not"), LONG),
        Field("next_step", _("Next step"), LONG, _("Who does what, until when. If it stopped: what was missing.")),
        OWN_PART,
    ),
    PracticeKind.CONTRACT: (
        Field("name", _("Name of the contract")),
        Field("contract_kind", _("Kind of contract"), CHOICE, choices=tuple(ContractKind.choices)),
        Field("match", _("From the match"), RECORD, _CHAIN, required=False, of=(PracticeKind.MATCH,)),
        Field("parties", _("Parties"), LONG, _("Each with its name as in the contract, and its side.")),
        Field("amount", _("Amount, yuan"), MONEY, _("As in the text of the contract.")),
        Field("signed_on", _("Signed on"), DAY, past=True),
        Field(
            "registration_number",
            _("Registration number"),
            hint=_("If the contract has been registered and recognised."),
            required=False,
        ),
        OWN_PART,
    ),
}


def fields_of(kind: str) -> tuple[Field, ...]:
    """What a record of this kind asks for, in the order of its page."""
    return FIELDS[PracticeKind(kind)]
