"""What the lines of both ledgers have in common."""

from datetime import UTC, date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import Book, Verification
from lms.schemes.enums import FactKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

# Lines of format 1 hashed their note itself; from 2 on a line hashes a salted commitment to it.
FORMAT = 2


class LineQuerySet(models.QuerySet[Any]):
    """Words for finding ledger lines."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own lines, and those earned at organisations that one works for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(person__user=user) | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )

    def of(self, person_id: int) -> Self:
        """All lines of one person in the order of their chain."""
        return self.filter(person_id=person_id).order_by("seq")


class LedgerLine(models.Model):
    """A line of a person's ledger: signed, numbered, chained to the line before it, never edited.

    `source` names what the line came from (`courses.item:12:uid`), once, so that posting twice changes
    nothing. A mistake gets a second line with the opposite figure that points to it by `reversal_of`.
    The hash covers ids, figures and `commitment`, never words: the words lie in `LineText`, and when they
    are erased the chain stays whole. `note` is empty but for lines of format 1.
    """

    book: ClassVar[Book]
    fact_kind: ClassVar[FactKind]
    figures: ClassVar[tuple[str, ...]]  # what is the same whenever one source is posted
    reversal_of_id: int | None
    # Told by `selectors.lines.with_words`: what the line says, and whether it once said something that is erased.
    words: str
    erased: bool

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="%(class)ss")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    format = models.PositiveSmallIntegerField(default=FORMAT)
    source = models.CharField(max_length=140, unique=True)
    note = models.CharField(max_length=300, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    # What vouches for the line: a reference (`credits.claim:<uid>`) and one hash over its files.
    evidence = models.CharField(max_length=140, blank=True)
    evidence_hash = models.CharField(max_length=64, blank=True)
    verifier = models.CharField(max_length=60, blank=True)
    verification = models.CharField(
        _("verification"), max_length=24, choices=Verification.choices, default=Verification.PLATFORM_MEASURED
    )
    rule_version = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    occurred_on = models.DateField(_("earned on"))
    year = models.PositiveSmallIntegerField(_("year"))
    valid_from = models.DateField(_("counts from"), null=True, blank=True)
    valid_to = models.DateField(_("counts until"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    reversal_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def fact_ref(self) -> str:
        """What requirement leaves call this line's module or kind."""
        raise NotImplementedError

    @property
    def fact_value(self) -> Decimal:
        """What this line adds to a requirement."""
        raise NotImplementedError

    def opposite(self) -> Self:
        """An unsaved line that takes this one back; it still wants its source, words and time."""
        return type(self)(
            person_id=self.person_id,
            organisation_id=self.organisation_id,
            evidence=self.evidence,
            evidence_hash=self.evidence_hash,
            verification=self.verification,
            rule_version=self.rule_version,
            occurred_on=self.occurred_on,
            year=self.year,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            reversal_of=self,
        )

    def payload(self) -> dict[str, Any]:
        """What the chain's hash covers, in JSON's own types: no name, no identity number, no free text."""
        told = {
            "organisation": self.organisation_id,
            "source": self.source,
            "rule_version": self.rule_version,
            "occurred_at": self.occurred_at.astimezone(UTC).isoformat(),
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
            "reversal_of": self.reversal_of_id,
        }
        if self.format == 1:
            return {**told, "note": self.note}
        return {
            **told,
            "format": self.format,
            "commitment": self.commitment,
            "evidence": self.evidence,
            "evidence_hash": self.evidence_hash,
            "verifier": self.verifier,
            "verification": str(self.verification),
            "occurred_on": self.occurred_on.isoformat(),
            "valid_from": _iso(self.valid_from),
            "valid_to": _iso(self.valid_to),
        }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
