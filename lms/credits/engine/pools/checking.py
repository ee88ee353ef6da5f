"""Holding a plan against the rules: every floor that it breaks, and everything that should be known about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from .days import deadlines
from .plans import Deal, Plan
from .statutes import Book, Provision, Statute, Subject, Way

if TYPE_CHECKING:
    from .working import Percentages


class Remark(StrEnum):
    """What there is to say about a plan."""

    BELOW = "below"  # a duty is broken
    BELOW_MAY = "below-may"  # less than a rule allows
    HEARD = "heard"  # a floor that is kept, but was never read
    YEARS = "years"
    POSTING = "posting"
    PAYMENT = "payment"
    NOT_YET = "not-yet"  # the place's own rules begin later; those above it applied, or none
    NO_RULE = "no-rule"
    UNSURE = "unsure"  # the day lies in a year or month of which only that much is known
    FORMULA = "formula"  # the percentages that were entered do not apply
    UNDIVIDED = "undivided"
    OWNERSHIP = "ownership"
    NO_OWNERSHIP = "no-ownership"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark with what it rests on; `breach` where a rule is broken."""

    remark: Remark
    statute: Statute
    provision: Provision | None = None
    given: Decimal | None = None
    day: date | None = None

    @property
    def breach(self) -> bool:
        """Whether a duty is broken, or would be if what is known of it is right."""
        return self.remark in (Remark.BELOW, Remark.YEARS, Remark.POSTING, Remark.PAYMENT)


def findings(deal: Deal, plan: Plan, given: "Percentages | None", book: Book) -> tuple[Finding, ...]:
    """Everything to be said, breaches first."""
    found = [*_beginnings(deal, plan, book), *_own(deal, plan, given, book)]
    for statute, provision in book.applying(plan.statute, plan.on, deal.way):
        found += _held_against(deal, given, statute, provision)
        nearest = book.first(plan.statute, plan.on, deal.way, provision.subject) is provision
        found += _heard(given, statute, provision) if nearest else ()
    return tuple(sorted(found, key=lambda each: not each.breach))


def _beginnings(deal: Deal, plan: Plan, book: Book) -> Iterator[Finding]:
    """Whether the rules on record reach back to the day of the plan."""
    own, *above = book.chain(plan.statute)
    begins = own.begins()
    if begins is not None and plan.on < begins:
        heard = any(each.begins() is not None and each.begins() <= plan.on for each in above)  # type: ignore[operator]
        yield Finding(Remark.NOT_YET if heard else Remark.NO_RULE, own, day=begins)
    for statute in (own, *above):
        for provision in statute.provisions:
            if deal.way in provision.ways and provision.perhaps_in_force(plan.on):
                yield Finding(Remark.UNSURE, statute, provision)


def _own(deal: Deal, plan: Plan, given: "Percentages | None", book: Book) -> Iterator[Finding]:
    """What the place has of its own: a formula, an undivided team, a share of ownership."""
    own = book.statutes[plan.statute]
    if own.formula and (plan.pool, plan.main, plan.staff, plan.office, plan.owners) != (None,) * 5:
        yield Finding(Remark.FORMULA, own)
    if own.undivided and given is not None:
        yield Finding(Remark.UNDIVIDED, own)
    if given is not None and given.owners:
        rule = book.first(plan.statute, plan.on, deal.way, Subject.OWNERSHIP)
        yield Finding(Remark.OWNERSHIP if rule else Remark.NO_OWNERSHIP, own, rule)


def _held_against(deal: Deal, given: "Percentages | None", statute: Statute, provision: Provision) -> Iterator[Finding]:
    match provision.subject:
        case Subject.POOL | Subject.MAIN | Subject.STAFF if given is not None:
            yield from _floor(given, statute, provision)
        case Subject.OFFICE if given is not None and provision.least is not None and given.office < provision.least:
            yield Finding(Remark.OFFICE, statute, provision, given.office)
        case Subject.YEARS if deal.way == Way.OWN_USE and not _fits(deal.years, provision):
            yield Finding(Remark.YEARS, statute, provision, Decimal(deal.years))
        case Subject.POSTING | Subject.PAYMENT:
            yield from _in_time(deal, statute, provision)


def _floor(given: "Percentages", statute: Statute, provision: Provision) -> Iterator[Finding]:
    """A share below the least that is asked for; who left the split is not asked about."""
    share = _share(given, provision.subject)
    if provision.least is not None and share is not None and share < provision.least:
        remark = Remark.BELOW if provision.duty == "must" else Remark.BELOW_MAY
        yield Finding(remark, statute, provision, share)


def _heard(given: "Percentages | None", statute: Statute, provision: Provision) -> Iterator[Finding]:
    """A floor that decides here and is kept, but was never read: nobody shall take it for more than it is."""
    share = _share(given, provision.subject) if given is not None else None
    if share is not None and provision.least is not None and provision.known != "read" and share >= provision.least:
        yield Finding(Remark.HEARD, statute, provision, share)


def _share(given: "Percentages", subject: Subject) -> Decimal | None:
    """What the plan gives to what a floor is about."""
    return {Subject.POOL: given.pool, Subject.MAIN: given.main, Subject.STAFF: given.staff}.get(subject)


def _fits(years: int, provision: Provision) -> bool:
    return (provision.from_years or 0) <= years <= (provision.to_years or years)


def _in_time(deal: Deal, statute: Statute, provision: Provision) -> Iterator[Finding]:
    """Paid while the plan is still posted, or after the last day."""
    last = deadlines(deal.days, posting_days=provision.days, payment_months=provision.months)
    if last.paid_while_posted:
        yield Finding(Remark.POSTING, statute, provision, day=last.posted_until)
    if last.paid_late:
        yield Finding(Remark.PAYMENT, statute, provision, day=last.pay_until)
