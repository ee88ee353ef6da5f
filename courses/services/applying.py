"""Asking a training base for a place: handing in, completing, and taking it back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.enums import ApplicationState, DocumentKind, OfferingState
from courses.models import Application, ApplicationDocument, ApplicationEvent, Enrolment, Offering
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.kernel.refusals import Conflict, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services.papers import MAX_DOCUMENTS, Paper
from lms.records.services.private_files import shred

from .drafts import drafts_of, keep_draft
from .enrolling import CourseWithdrawn, OfferingOfAnotherCourse
from .places import require_open, require_place, require_prerequisites

if TYPE_CHECKING:
    from lms.accounts.models import Person

Papers = list[tuple[DocumentKind, Paper]]


class NothingToApplyFor(Conflict):
    """An address that was put together by hand."""

    code = "nothing-to-apply-for"
    message = _("Nobody has to apply for “%(offering)s”. Take it up from the page of the course.")


class AlreadyEnrolled(Conflict):
    """The person studies it already."""

    code = "already-enrolled"
    message = _("You study this course already, so there is nothing to apply for.")


class AlreadyApplied(Conflict):
    """A second click, or a second tab."""

    code = "already-applied"
    message = _("You have already applied for this offering. Your application waits for the training base.")


class DocumentsMissing(Refusal):
    """The base asked for papers that are not there."""

    code = "documents-missing"
    message = _("Documents are missing: %(kinds)s.")


class TooManyDocuments(Refusal):
    """More papers than anybody reads."""

    code = "too-many-documents"
    message = _("An application takes at most %(most)s documents. Leave some out, or join pages into one file.")


class NotReturned(Conflict):
    """Only what the base sent back can be completed."""

    code = "application-not-returned"
    message = _("This application is not waiting for you: %(state)s.")


class AlreadySettled(Conflict):
    """Decided or withdrawn, perhaps in another tab."""

    code = "application-settled"
    message = _("This application has been settled before: %(state)s.")


@transaction.atomic
def apply(
    *, person: "Person", offering: Offering, statement: dict[str, Any], papers: Papers, actor: str, now: datetime
) -> Application:
    """Ask for a place; drafts of documents handed in before go with it. A place is given only by the decision."""
    require_reason_to_apply(person=person, offering=offering, now=now)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                person=person,
                offering=offering,
                organisation=offering.organisation,
                statement=statement,
                created_at=now,
            )
    except IntegrityError as twice:
        raise AlreadyApplied from twice
    _add_documents(application, papers, now)
    event = _note(application, "", actor, "", now)
    _tell_managers(application, event, now)
    return application


def require_reason_to_apply(*, person: "Person", offering: Offering, now: datetime) -> None:
    """Refuse where an application would lead nowhere.

    Where the base asks for the certificate of the level below, whoever holds it from elsewhere proves it by
    document, and the base's decision stands for the prerequisites.
    """
    if offering.state == OfferingState.PLANNED:
        raise OfferingOfAnotherCourse
    if Enrolment.objects.live().filter(person=person, course_id=offering.course_id).exists():
        raise AlreadyEnrolled
    if not offering.course.is_announced:
        raise CourseWithdrawn
    if not offering.by_application:
        raise NothingToApplyFor(offering=offering.local_title)
    require_open(offering, now)
    require_place(offering)
    if DocumentKind.PRIOR_CERTIFICATE not in offering.documents:
        require_prerequisites(person=person, course=offering.course)


@transaction.atomic
def hand_in_again(
    *, application: Application, statement: dict[str, Any], papers: Papers, actor: str, now: datetime
) -> Application:
    """Send a returned application to the base again, with what was missing."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state != ApplicationState.RETURNED:
        raise NotReturned(state=locked.get_state_display())
    locked.statement = statement
    _add_documents(locked, papers, now)
    event = change_state(locked, to=ApplicationState.SUBMITTED, actor=actor, reason="", now=now)
    _tell_managers(locked, event, now)
    return locked


@transaction.atomic
def remove_document(*, application: Application, document: ApplicationDocument) -> None:
    """Shred a document while the application is back with the applicant; its line stays."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state != ApplicationState.RETURNED:
        raise NotReturned(state=locked.get_state_display())
    if document.file is not None:
        shred(document.file)


@transaction.atomic
def withdraw_application(*, application: Application, actor: str, now: datetime) -> Application:
    """Take an application back before anything is decided."""
    locked = locked_pending(application)
    change_state(locked, to=ApplicationState.WITHDRAWN, actor=actor, reason="", now=now)
    return locked


def locked_pending(application: Application) -> Application:
    """The application for this transaction alone, if nothing is decided yet."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state not in (ApplicationState.SUBMITTED, ApplicationState.RETURNED):
        raise AlreadySettled(state=locked.get_state_display())
    return locked


def change_state(
    application: Application, *, to: ApplicationState, actor: str, reason: str, now: datetime
) -> ApplicationEvent:
    """Change the state and write down from where, to where, by whom and why."""
    before, application.state = application.state, to
    application.save()
    return _note(application, before, actor, reason, now)


def _note(application: Application, before: str, actor: str, reason: str, now: datetime) -> ApplicationEvent:
    return ApplicationEvent.objects.create(
        application=application, from_state=before, to_state=application.state, actor=actor, reason=reason, at=now
    )


def _add_documents(application: Application, papers: Papers, now: datetime) -> None:
    person, offering = application.person, application.offering
    for kind, paper in papers:
        keep_draft(person=person, offering=offering, kind=kind, paper=paper, now=now)
    ApplicationDocument.objects.bulk_create(
        ApplicationDocument(application=application, kind=kind, name=file.name, file=file, added_at=now)
        for kind, files in drafts_of(person, offering).items()
        for file in files
    )
    kinds = list(application.documents.filter(file__isnull=False).values_list("kind", flat=True))
    missing = [str(DocumentKind(kind).label) for kind in offering.documents if kind not in kinds]
    if missing:
        raise DocumentsMissing(kinds=", ".join(missing))
    if len(kinds) > MAX_DOCUMENTS:
        raise TooManyDocuments(most=MAX_DOCUMENTS)


def _tell_managers(application: Application, event: ApplicationEvent, now: datetime) -> None:
    offering = application.offering
    for manager in users_in_role(application.organisation_id, Role.BASE_MANAGER, at=now):
        if manager.pk == application.person.user_id:
            continue
        announce(
            to=manager,
            kind="application-waiting",
            subject_ref=f"courses.application_event:{event.pk}",
            context={
                "person": application.person.real_name,
                "offering": {"zh": offering.title, "en": offering.title_en},
                "organisation": {"zh": offering.organisation.name, "en": offering.organisation.name_en},
            },
            url=reverse("courses:base-application", args=[application.uid]),
            organisation=offering.organisation.code,
            mailed_as=f"courses.applications:{application.organisation_id}:{now.date().isoformat()}",
            now=now,
        )
