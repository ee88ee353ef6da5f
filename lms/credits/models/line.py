"""What the lines of both ledgers have in common."""

from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import Book
from lms.schemes.enums import FactKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


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
    """

    book: ClassVar[Book]
    fact_kind: ClassVar[FactKind]
    figures: ClassVar[tuple[str, ...]]  # what is the same whenever one source is posted
    reversal_of_id: int | None

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="%(class)ss")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    source = models.CharField(max_length=140, unique=True)
    note = models.CharField(max_length=300, blank=True)
    rule_version = models.CharField(max_length=20)
    occurred_at = models.DateTimeField()
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
        """An unsaved line that takes this one back; it still wants its source, note and time."""
        return type(self)(
            person_id=self.person_id,
            organisation_id=self.organisation_id,
            rule_version=self.rule_version,
            reversal_of=self,
        )

    def payload(self) -> dict[str, Any]:
        """What the chain's hash covers: every fact of the line, in JSON's own types."""
        return {
            "organisation": self.organisation_id,
            "source": self.source,
            "note": self.note,
            "rule_version": self.rule_version,
            "occurred_at": self.occurred_at.astimezone(UTC).isoformat(),
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
            "reversal_of": self.reversal_of_id,
        }
