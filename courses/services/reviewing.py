"""Deciding about applications: a manager of the base gives a place, sends back, or refuses, and says why."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.enums import ApplicationState
from courses.models import Application, ApplicationDocument, ApplicationEvent
from courses.policies import can_decide_application, can_open_document
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from lms.records.services.papers import Paper, open_paper

from .applying import change_state, locked_pending
from .enrolling import enrol

if TYPE_CHECKING:
    from lms.accounts.models import User


class NotYoursToDecide(NotAllowed):
    """Nobody decides on an own application, and only managers of the base decide at all."""

    code = "not-yours-to-decide"
    message = _("You cannot decide about this application; a manager of the training base does, never on an own one.")


class ReasonNeeded(Refusal):
    """Whoever sends an application back or refuses it says why."""

    code = "reason-needed"
    message = _("Say why; the applicant reads the reason.")


class StudiesAlready(Conflict):
    """The applicant has found another way into the course."""

    code = "applicant-studies-already"
    message = _("This person studies the course already, in another offering. Refuse the application and say so.")


class DocumentShredded(Conflict):
    """Its time was over, or the applicant took it back."""

    code = "document-shredded"
    message = _("This document has been shredded; only its line is kept.")


@transaction.atomic
def approve_application(*, application: Application, decided_by: "User", now: datetime) -> Application:
    """Give the applicant a place, with the enrolment in the same breath; the enrolment tells the applicant."""
    _require_decider(decided_by, application)
    locked = locked_pending(application)
    offering = locked.offering
    enrolment = enrol(
        person=locked.person,
        course=offering.course,
        organisation=offering.organisation,
        offering=offering,
        reviewed=True,
        actor=_actor(decided_by),
        now=now,
    )
    if enrolment.offering_id != offering.pk:
        raise StudiesAlready
    locked.enrolment = enrolment
    change_state(locked, to=ApplicationState.APPROVED, actor=_actor(decided_by), reason="", now=now)
    return locked


@transaction.atomic
def return_application(*, application: Application, decided_by: "User", reason: str, now: datetime) -> Application:
    """Send the application back for completion."""
    return _turn_down(application, ApplicationState.RETURNED, decided_by, reason, now)


@transaction.atomic
def refuse_application(*, application: Application, decided_by: "User", reason: str, now: datetime) -> Application:
    """Refuse the place for good; the person may apply anew."""
    return _turn_down(application, ApplicationState.REFUSED, decided_by, reason, now)


def _turn_down(
    application: Application, to: ApplicationState, decided_by: "User", reason: str, now: datetime
) -> Application:
    _require_decider(decided_by, application)
    if not reason.strip():
        raise ReasonNeeded
    locked = locked_pending(application)
    event = change_state(locked, to=to, actor=_actor(decided_by), reason=reason.strip(), now=now)
    _tell_applicant(locked, event, now)
    return locked


@transaction.atomic
def open_document(*, document: ApplicationDocument, opened_by: "User", now: datetime) -> Paper:
    """The document for whoever may read it; that somebody else than its owner did stands in the audit book."""
    application = document.application
    if not can_open_document(opened_by, application):
        raise NotYoursToDecide
    if document.file is None:
        raise DocumentShredded
    if application.person.user_id != opened_by.pk:
        audit.record(
            action="courses.document.open",
            actor=_actor(opened_by),
            subject=f"courses.application_document:{document.pk}",
            organisation=application.organisation.code,
            detail={"application": str(application.uid), "kind": document.kind},
            now=now,
        )
    return open_paper(document.file)


def _require_decider(user: "User", application: Application) -> None:
    if not can_decide_application(user, application):
        raise NotYoursToDecide


def _actor(user: "User") -> str:
    return f"user:{user.pk}"


def _tell_applicant(application: Application, event: ApplicationEvent, now: datetime) -> None:
    offering = application.offering
    announce(
        to=application.person.user,
        kind=f"application-{event.to_state}",
        subject_ref=f"courses.application_event:{event.pk}",
        context={"offering": {"zh": offering.title, "en": offering.title_en}, "reason": event.reason},
        url=reverse("courses:my-application", args=[application.uid]),
        organisation=offering.organisation.code,
        now=now,
    )
