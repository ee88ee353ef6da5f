"""One's own claims: the list, one of them, what it says, and where somebody may claim."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Prefetch, QuerySet, Value, When
from django.utils.translation import get_language

from lms.cohorts.enums import Role
from lms.cohorts.selectors.organisations import organisations_training
from lms.cohorts.selectors.roles import hats_of, organisations_of
from lms.credits.enums import ClaimState, CreditKind
from lms.credits.models import Claim, ClaimEvidence, ClaimShare, HourLine
from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation
    from lms.credits.engine.parts import EvidenceField
    from lms.credits.engine.rules import Rule


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a claim: what is asked, and what was said."""

    label: str
    text: str = ""
    day: date | None = None


def local(zh: str, en: str) -> str:
    """What a rule table says in both languages, in the one now active."""
    return (en if get_language() == "en" else "") or zh


def label_of(field: "EvidenceField") -> str:
    """What a page calls a field of a rule."""
    return local(field.label, field.label_en)


def organisations_for(person: "Person") -> "QuerySet[Organisation]":
    """Where somebody knows this person: where they have a place, hold a role, or were credited with class hours."""
    studied = HourLine.objects.filter(person=person.pk).values("organisation")
    known = organisations_training(person.pk, also=studied)
    if person.user is None:
        return known
    held = [hat.organisation.pk for hat in hats_of(person.user) if hat.organisation]
    return known | organisations_of(person.user, *Role).filter(pk__in=held)


def claims_of(user: "User | AnonymousUser", state: str = "") -> "QuerySet[Claim]":
    """One's own claims: what waits for oneself first, then the last that changed. Violations are told elsewhere."""
    back = Case(When(state=ClaimState.RETURNED, then=Value(0)), default=Value(1), output_field=IntegerField())
    own = Claim.objects.filter(person__user_id=user.pk or 0).exclude(kind=CreditKind.VIOLATION)
    if state in ClaimState.values:
        own = own.filter(state=state)
    found = own.select_related("organisation", "rules").annotate(back=back, people=Count("shares"))
    return found.order_by("back", "-changed_at", "-pk")


def states_of(user: "User | AnonymousUser") -> dict[str, int]:
    """How many of one's claims stand where (one query)."""
    own = Claim.objects.filter(person__user_id=user.pk or 0).exclude(kind=CreditKind.VIOLATION)
    return dict(own.order_by().values_list("state").annotate(number=Count("pk")))


def own_claim(user: "User | AnonymousUser", uid: UUID) -> Claim | None:
    """One's own claim with its shares, files, events, confirmations and appeals (six queries)."""
    return _whole().filter(person__user_id=user.pk or 0, uid=uid).exclude(kind=CreditKind.VIOLATION).first()


def whole_claim(claim_id: int) -> Claim:
    """A claim with everything around it, for a page whose reader is known to be allowed (six queries)."""
    return _whole().get(pk=claim_id)


def _whole() -> "QuerySet[Claim]":
    return Claim.objects.select_related("person__user", "organisation", "rules").prefetch_related(
        "events",
        "confirmations",
        "appeals",
        Prefetch("shares", queryset=ClaimShare.objects.select_related("person__user")),
        Prefetch("evidence", queryset=ClaimEvidence.objects.select_related("file")),
    )


def evidence_visible_to(user: "User | AnonymousUser", uid: UUID) -> ClaimEvidence | None:
    """One file of a claim that `user` may see, if it is still there (one query)."""
    visible = Claim.objects.visible_to(user)
    found = ClaimEvidence.objects.filter(uid=uid, file__isnull=False, claim__in=visible)
    return found.select_related("file", "claim__person__user", "claim__organisation").first()


def said_in(claim: Claim, rule: "Rule | None") -> list[Said]:
    """What a claim says, in the order in which its rule asks; without the rule, as it was kept."""
    if rule is None:
        return [Said(name, str(value)) for name, value in claim.fields.items()]
    return [_said(field, claim.fields[field.name]) for field in rule.fields if claim.fields.get(field.name)]


def _said(field: "EvidenceField", value: str) -> Said:
    if field.value == "day":
        return Said(label_of(field), day=date.fromisoformat(value))
    if field.value == "choice":
        chosen = {choice.code: local(choice.label, choice.label_en) for choice in field.choices}
        return Said(label_of(field), chosen.get(value, value))
    if field.value in ("money", "number"):
        return Said(label_of(field), in_thousands(value))
    return Said(label_of(field), value)


def in_thousands(figure: str) -> str:
    """A figure as people read it: 1,200,000.00."""
    whole, point, part = figure.partition(".")
    return f"{int(whole):,}{point}{part}"


def days_left(claim: Claim, now: "datetime") -> int | None:
    """Days until something ends, this day counted as nought; None where nothing does."""
    return None if claim.due_on is None else (claim.due_on - now.astimezone(BEIJING).date()).days
