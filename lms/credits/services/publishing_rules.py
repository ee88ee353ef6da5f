"""Putting a draft in force: after a dry run of this very revision, with a reason, from a day still to come."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.credits.engine.reading import hash_of
from lms.credits.enums import RulesState
from lms.credits.models import CreditRules
from lms.credits.selectors.rules import forget_rules_in_force
from lms.credits.selectors.trials import finished_trial_of, may_publish_alone
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce

from .drafting_rules import checked, locked_draft, tell_audit

if TYPE_CHECKING:
    from lms.accounts.models import User


class NotTriedYet(Conflict):
    code = "credit-rules-not-tried"
    message = _(
        "Run this draft dry first, as it stands now, and look at whose balance it would change. Then publish it."
    )


class ReasonMissing(Refusal):
    code = "credit-rules-reason-missing"
    field = "reason"
    message = _("Say why the credit rules change; everybody whom they concern reads it.")


class BeginsTooEarly(Refusal):
    code = "credit-rules-begin-too-early"
    field = "effective_from"
    message = _(
        "Credit rules begin on a day still to come in Beijing; %(day)s is today or past. Choose a later first day."
    )


class DayTaken(Conflict):
    code = "credit-rules-day-taken"
    field = "effective_from"
    message = _("Another version of the same credit rules begins on %(day)s. Choose another first day.")


class DrafterPublishes(NotAllowed):
    code = "drafter-publishes-credit-rules"
    message = _(
        "You drafted or changed these rules. Somebody else who may publish them looks at the dry run and does it."
    )


@transaction.atomic
def publish_rules(*, rules: CreditRules, revision: int, reason: str, user: "User", now: datetime) -> CreditRules:
    """Publish a draft; from now on it never changes, and from its first day it rates what happens."""
    draft = locked_draft(rules, revision, user)
    draft.reason = reason.strip() or draft.reason.strip()
    if not draft.reason:
        raise ReasonMissing
    if draft.effective_from <= _today(now):
        raise BeginsTooEarly(day=draft.effective_from.isoformat())
    if finished_trial_of(draft) is None:
        raise NotTriedYet
    if draft.drafted_by_id == user.pk and not may_publish_alone(draft, at=now):
        raise DrafterPublishes
    draft.content_hash = hash_of(checked(draft.data))
    draft.state, draft.published_by, draft.published_at = RulesState.PUBLISHED, user, now
    _save(draft)
    detail = {"content_hash": draft.content_hash, "effective_from": draft.effective_from.isoformat()}
    tell_audit("credits.rules-published", draft, user, now, {**detail, "reason": draft.reason})
    _tell_managers(draft, user, now)
    forget_rules_in_force()
    return draft


def _save(draft: CreditRules) -> None:
    taken = CreditRules.objects.filter(
        scheme=draft.scheme_id,
        organisation=draft.organisation_id,
        effective_from=draft.effective_from,
        state=RulesState.PUBLISHED,
    )
    if taken.exists():
        raise DayTaken(day=draft.effective_from.isoformat())
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise DayTaken(day=draft.effective_from.isoformat()) from None


def _tell_managers(draft: CreditRules, user: "User", now: datetime) -> None:
    """Those who explain the rules to trainees: the managers of the organisation whose rules they are."""
    if draft.organisation is None:
        return
    for manager in users_in_role(draft.organisation.pk, Role.BASE_MANAGER, at=now):
        if manager.pk != user.pk:
            announce(
                to=manager,
                kind="rules-published",
                subject_ref=f"credits.rules:{draft.pk}",
                context={"version": draft.code, "day": {"on": draft.effective_from.isoformat()}},
                url=reverse("credits:desk-rules-version", args=[draft.uid]),
                organisation=draft.organisation.code,
                now=now,
            )


def _today(now: datetime) -> date:
    return now.astimezone(BEIJING).date()
