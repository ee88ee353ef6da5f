from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.cohorts.enums import Role


class Book(models.TextChoices):
    """The two ledgers of this room; the value names the hash chain in `lms.records`."""

    HOURS = "hours", _("Class hours")
    CREDITS = "credits", _("Contribution credits")


class CreditKind(models.TextChoices):
    """What kind of work earns contribution credits, by stage of work; requirement leaves name these as `refs`."""

    DEMAND = "demand", _("Demands filed")
    ACHIEVEMENT = "achievement", _("Achievements found")
    MATCH = "match", _("Matches made")
    CONTRACT = "contract", _("Contracts registered")
    PILOT = "pilot", _("Proofs of concept and pilots landed")
    FINANCING = "financing", _("Financing introduced")
    EVENT = "event", _("Events organised")
    TEACHING = "teaching", _("Teaching")
    MENTORING = "mentoring", _("Mentoring")
    PUBLICATION = "publication", _("Publications")
    POLICY = "policy", _("Policy work")
    SIMULATION = "simulation", _("Deal simulations")
    EXAM = "exam", _("Exams")
    HOURS = "hours", _("Class hours")
    VIOLATION = "violation", _("Violations")


# Work on real deals: what the minimum share from practice is asked of.
PRACTICE_KINDS = (
    CreditKind.DEMAND,
    CreditKind.ACHIEVEMENT,
    CreditKind.MATCH,
    CreditKind.CONTRACT,
    CreditKind.PILOT,
    CreditKind.FINANCING,
)


class Verification(models.TextChoices):
    """How well a line is vouched for, from the weakest to the strongest."""

    SELF_DECLARED = "self-declared", _("Self-declared")
    ORGANISATION_CONFIRMED = "organisation-confirmed", _("Confirmed by an organisation")
    DOCUMENT_CHECKED = "document-checked", _("Documents checked")
    REGISTRY_MATCHED = "registry-matched", _("Matched with a registry")
    PLATFORM_MEASURED = "platform-measured", _("Measured by this platform")


# Who may confirm a claim, and who decides an appeal about one.
CONFIRMING_ROLES = (Role.BASE_MANAGER, Role.CERTIFIER, Role.VERIFIER)
APPEAL_ROLES = (Role.CERTIFIER, Role.AUTHORITY_OFFICER)
# Who reads claims and standings of an organisation's people without deciding.
READING_ROLES = (*CONFIRMING_ROLES, Role.AUTHORITY_OFFICER)


class RulesState(models.TextChoices):
    """A version of credit rules is drafted, then in force for ever; a change of rules is a new version."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for confirmation")
    RETURNED = "returned", _("Returned for completion")
    CONFIRMED = "confirmed", pgettext_lazy("claim", "Confirmed")
    REJECTED = "rejected", pgettext_lazy("claim", "Rejected")
    APPEALED = "appealed", _("Under appeal")
    WITHDRAWN = "withdrawn", pgettext_lazy("claim", "Withdrawn")


# The claimant may still change a claim in these states.
EDITABLE_STATES = (ClaimState.DRAFT, ClaimState.RETURNED)
# Somebody at the organisation has to look at these.
WAITING_STATES = (ClaimState.SUBMITTED, ClaimState.APPEALED)
# In these states a claim holds its contract number.
HOLDING_STATES = (ClaimState.SUBMITTED, ClaimState.RETURNED, ClaimState.CONFIRMED, ClaimState.APPEALED)


class ShareState(models.TextChoices):
    """What a co-contributor said to the share that a claim names for them."""

    ASKED = "asked", _("Not answered yet")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


class AppealState(models.TextChoices):
    """Where an appeal about a rejected claim stands."""

    FILED = "filed", _("Filed")
    UPHELD = "upheld", _("Upheld: the claim is looked at again")
    DISMISSED = "dismissed", _("Dismissed")


class SampleState(models.TextChoices):
    """What looking again at a confirmed claim found."""

    OPEN = "open", _("To be looked at again")
    PASSED = "passed", pgettext_lazy("audit sample", "Found in order")
    FAILED = "failed", pgettext_lazy("audit sample", "Found wrong; credits taken back")


class PortfolioState(models.TextChoices):
    """Where a portfolio stands between its two gates."""

    DRAFT = "draft", _("Draft")
    SUBSTANTIVE = "substantive", _("With the experts")
    PROCEDURAL = "procedural", _("With the registrar")
    RETURNED = "returned", _("Returned for completion")
    RECOGNISED = "recognised", _("Recognised")
    REFUSED = "refused", pgettext_lazy("portfolio", "Not recognised")


class PaperKind(models.TextChoices):
    """Documents about a person's credits that are printed and kept."""

    STATEMENT = "statement", _("Statement of credits")
    DOSSIER = "dossier", _("Title dossier")
    ANNUAL_RETURN = "annual-return", _("Annual activity return")


class ReturnState(models.TextChoices):
    """Where an annual activity return stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", pgettext_lazy("annual return", "Handed in")
