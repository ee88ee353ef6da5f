from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import storages

from courses.enums import ApplicationState, DocumentKind, OfferingState
from courses.models import ApplicationDocument, Enrolment
from courses.services.applying import (
    AlreadyApplied,
    AlreadyEnrolled,
    AlreadySettled,
    DocumentsMissing,
    NothingToApplyFor,
    NotReturned,
    TooManyDocuments,
    apply,
    hand_in_again,
    remove_document,
    withdraw_application,
)
from courses.services.drafts import drafts_of, keep_draft, shred_left_drafts
from courses.services.enrolling import CourseWithdrawn
from courses.services.places import OfferingClosed, OfferingFull, PrerequisitesMissing
from courses.services.retaining import shred_old_documents
from courses.services.reviewing import (
    NotYoursToDecide,
    ReasonNeeded,
    StudiesAlready,
    approve_application,
    open_document,
    refuse_application,
    return_application,
)
from lms.mailing.models import Notice
from lms.records.models import AuditEvent
from tests.courses.services.test_places import JUNIOR_FIRST
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import OfferingFactory, application_of, enrolment_of, paper, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def manager_of(application_or_offering):
    return RoleGrantFactory(user=PersonFactory().user, organisation=application_or_offering.organisation).user


def again(application, now, papers=()):
    return hand_in_again(
        application=application, statement={"degree": "博士"}, papers=list(papers), actor="user:1", now=now
    )


def test_an_application_waits_with_its_documents_and_managers_are_told(now) -> None:
    offering = OfferingFactory(documents=["degree"])
    manager = manager_of(offering)
    application = application_of(offering=offering, now=now)
    assert [event.to_state for event in application.events.all()] == [ApplicationState.SUBMITTED]
    assert list(application.documents.values_list("kind", "name")) == [("degree", "degree.pdf")]
    assert list(Notice.objects.values_list("user_id", "kind")) == [(manager.pk, "application-waiting")]
    assert not Enrolment.objects.exists()


def test_a_second_click_is_told_that_the_first_has_arrived(now) -> None:
    application = application_of(now=now)
    with pytest.raises(AlreadyApplied):
        application_of(application.person, application.offering, now)
    assert ApplicationDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({}, NothingToApplyFor),
        ({"documents": ["degree"], "state": OfferingState.CLOSED}, OfferingClosed),
        ({"documents": ["degree", "years"]}, DocumentsMissing),
    ],
)
def test_an_application_that_leads_nowhere_is_refused_and_leaves_nothing(now, fields, refusal) -> None:
    with pytest.raises(refusal):
        application_of(offering=OfferingFactory(**fields), now=now)
    assert not ApplicationDocument.objects.exists()


def test_a_full_offering_takes_no_applications(now) -> None:
    offering = OfferingFactory(needs_approval=True, documents=["degree"], seats=1)
    approve_application(
        application=application_of(offering=offering, now=now), decided_by=manager_of(offering), now=now
    )
    with pytest.raises(OfferingFull):
        application_of(offering=offering, now=now)


def test_who_studies_already_has_nothing_to_apply_for(now) -> None:
    enrolment = enrolment_of()
    with pytest.raises(AlreadyEnrolled):
        application_of(enrolment.person, OfferingFactory(course=enrolment.course, documents=["degree"]), now)


def test_seven_documents_are_one_too_many(now) -> None:
    papers = [(DocumentKind.DEGREE, paper(f"{n}.pdf")) for n in range(7)]
    with pytest.raises(TooManyDocuments):
        apply(
            person=PersonFactory(),
            offering=OfferingFactory(documents=["degree"]),
            statement={},
            papers=papers,
            actor="user:1",
            now=now,
        )


def test_prerequisites_stand_before_an_application_unless_papers_can_prove_them(now) -> None:
    course = published_course(prerequisites=JUNIOR_FIRST)
    with pytest.raises(PrerequisitesMissing):
        application_of(offering=OfferingFactory(course=course, documents=["degree"]), now=now)
    offering = OfferingFactory(course=course, documents=["prior-certificate"])
    papers = [(DocumentKind.PRIOR_CERTIFICATE, paper())]
    application = apply(person=PersonFactory(), offering=offering, statement={}, papers=papers, actor="user:1", now=now)
    approved = approve_application(application=application, decided_by=manager_of(offering), now=now)
    assert approved.enrolment.offering == offering


def test_approval_and_enrolment_are_one_thing_even_after_enrolment_has_closed(now) -> None:
    application = application_of(now=now)
    application.offering.state = OfferingState.CLOSED
    application.offering.save()
    approved = approve_application(application=application, decided_by=manager_of(application), now=now)
    assert (approved.state, approved.enrolment.person) == (ApplicationState.APPROVED, application.person)
    with pytest.raises(AlreadySettled):
        approve_application(application=application, decided_by=manager_of(application), now=now)
    assert Enrolment.objects.count() == 1


def test_nobody_approves_one_place_too_many(now) -> None:
    offering = OfferingFactory(documents=["degree"], seats=1)
    first, second = application_of(offering=offering, now=now), application_of(offering=offering, now=now)
    manager = manager_of(offering)
    approve_application(application=first, decided_by=manager, now=now)
    with pytest.raises(OfferingFull):
        approve_application(application=second, decided_by=manager, now=now)
    second.refresh_from_db()
    assert second.state == ApplicationState.SUBMITTED


def test_an_applicant_who_studies_elsewhere_by_now_is_not_enrolled_again(now) -> None:
    application = application_of(now=now)
    enrolment_of(application.person, application.offering.course)
    with pytest.raises(StudiesAlready):
        approve_application(application=application, decided_by=manager_of(application), now=now)


def test_nobody_decides_on_an_own_application_nor_for_another_base(now) -> None:
    application = application_of(now=now)
    own = RoleGrantFactory(user=application.person.user, organisation=application.organisation).user
    for user in (own, RoleGrantFactory().user):
        with pytest.raises(NotYoursToDecide):
            approve_application(application=application, decided_by=user, now=now)


def test_what_is_sent_back_says_why_and_comes_again_with_what_was_missing(now) -> None:
    application = application_of(now=now)
    manager = manager_of(application)
    with pytest.raises(ReasonNeeded):
        return_application(application=application, decided_by=manager, reason=" ", now=now)
    return_application(application=application, decided_by=manager, reason="学位证看不清", now=now)
    again(application, now, [(DocumentKind.DEGREE, paper("clear.pdf"))])
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert [(event.to_state, event.reason) for event in application.events.all()] == [
        ("submitted", ""),
        ("returned", "学位证看不清"),
        ("submitted", ""),
    ]
    told = Notice.objects.filter(user_id=application.person.user_id).values_list("kind", "context__reason")
    assert list(told) == [("application-returned", "学位证看不清")]
    with pytest.raises(NotReturned):
        again(application, now)


def test_a_document_is_taken_back_only_while_the_application_is_with_the_applicant(now) -> None:
    application = application_of(now=now)
    document = application.documents.get()
    with pytest.raises(NotReturned):
        remove_document(application=application, document=document)
    return_application(application=application, decided_by=manager_of(application), reason="换一份", now=now)
    remove_document(application=application, document=document)
    with pytest.raises(DocumentsMissing):
        again(application, now)
    assert application.documents.get().file is None


def test_who_withdrew_may_apply_anew(now) -> None:
    application = application_of(now=now)
    withdraw_application(application=application, actor="user:1", now=now)
    with pytest.raises(AlreadySettled):
        refuse_application(application=application, decided_by=manager_of(application), reason="late", now=now)
    assert application_of(application.person, application.offering, now).state == ApplicationState.SUBMITTED


def test_opening_a_document_is_written_down_for_everybody_but_its_owner(now) -> None:
    document = application_of(now=now).documents.get()
    open_document(document=document, opened_by=document.application.person.user, now=now)
    opened = AuditEvent.objects.filter(action="courses.document.open")
    assert not opened.exists()
    manager = manager_of(document.application)
    assert open_document(document=document, opened_by=manager, now=now) == paper()
    assert opened.get().actor == f"user:{manager.pk}"
    with pytest.raises(NotYoursToDecide):
        open_document(document=document, opened_by=PersonFactory().user, now=now)


def test_documents_are_shredded_the_stated_time_after_the_decision(now, django_capture_on_commit_callbacks) -> None:
    decided, waiting = application_of(now=now), application_of(now=now)
    refuse_application(application=decided, decided_by=manager_of(decided), reason="学历不符", now=now)
    path = decided.documents.get().file.path
    kept = timedelta(days=settings.APPLICATION_DOCUMENTS_KEPT_DAYS)
    assert shred_old_documents(now=now + kept) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert shred_old_documents(now=now + kept + timedelta(seconds=1)) == 1
    assert decided.documents.get().file is None
    assert not storages["private"].exists(path)
    assert waiting.documents.get().file is not None
    assert shred_old_documents(now=now + kept + timedelta(days=60)) == 1


def test_what_was_never_sent_is_shredded_after_a_day(now) -> None:
    person, offering = PersonFactory(), OfferingFactory(documents=["degree"])
    keep_draft(person=person, offering=offering, kind=DocumentKind.DEGREE, paper=paper(), now=now)
    sent = application_of(now=now)
    assert shred_left_drafts(now=now + timedelta(hours=23)) == 0
    assert shred_left_drafts(now=now + timedelta(hours=25)) == 1
    assert drafts_of(person, offering) == {DocumentKind.DEGREE: []}
    assert sent.documents.get().file is not None


def test_nobody_is_let_into_a_course_that_was_taken_down_after_the_application(now) -> None:
    application = application_of(offering=OfferingFactory(needs_approval=True), now=now)
    application.offering.course.page.unpublish()
    application.refresh_from_db()
    with pytest.raises(CourseWithdrawn):
        approve_application(application=application, decided_by=manager_of(application), now=now)
    application.refresh_from_db()
    assert (application.state, Enrolment.objects.count()) == (ApplicationState.SUBMITTED, 0)
