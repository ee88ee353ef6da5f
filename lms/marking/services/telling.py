"""What markers and leads are told."""

from datetime import datetime

from django.urls import reverse

from lms.cohorts.selectors.roles import users_in_role
from lms.kernel.beijing import BEIJING
from lms.mailing.services.announcing import announce
from lms.marking.enums import LEAD_ROLES
from lms.marking.models import MarkingRound, RoundMarker, Script


def _titles(round: MarkingRound) -> dict[str, dict[str, str]]:
    base = round.organisation
    return {
        "round": {"zh": round.title, "en": round.title_en},
        "organisation": {"zh": base.name, "en": base.name_en},
    }


def tell_marker(marker: RoundMarker, now: datetime) -> None:
    """Scripts wait: once a day for a round."""
    day = now.astimezone(BEIJING).date().isoformat()
    announce(
        to=marker.user,
        kind="marking-waiting",
        subject_ref=f"marking.round:{marker.round_id}:{marker.pk}:{day}",
        context=_titles(marker.round),
        url=reverse("marking:home"),
        organisation=marker.round.organisation.code,
        now=now,
    )


def tell_leads(script: Script, now: datetime) -> None:
    """A script needs a lead; whose own script it is hears nothing of it."""
    day = now.astimezone(BEIJING).date().isoformat()
    round = script.round
    leads = {user.pk: user for role in LEAD_ROLES for user in users_in_role(round.organisation_id, role, at=now)}
    for user in leads.values():
        if user.pk == script.person.user_id:
            continue
        announce(
            to=user,
            kind="marking-lead",
            subject_ref=f"marking.script:{script.pk}:{day}",
            context={**_titles(round), "code": script.code},
            url=reverse("marking:decide", args=[script.uid]),
            organisation=round.organisation.code,
            mailed_as=f"marking.round:{round.pk}:lead:{user.pk}:{day}",
            now=now,
        )


def tell_due(marker: RoundMarker, *, waiting: int, subject_ref: str, now: datetime) -> None:
    """The day of a round comes near, or has gone by, and scripts are open."""
    due_at = marker.round.due_at
    announce(
        to=marker.user,
        kind="marking-due",
        subject_ref=subject_ref,
        context={
            "round": _titles(marker.round)["round"],
            "open": waiting,
            "due": {"at": due_at.isoformat() if due_at else ""},
        },
        url=reverse("marking:home"),
        organisation=marker.round.organisation.code,
        now=now,
    )
