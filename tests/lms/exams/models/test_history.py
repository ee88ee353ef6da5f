import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lms.exams.models import Attempt, AttemptStep, Paper, QuestionVersion, Result, Seat
from lms.exams.models.key import AnswerKey
from lms.exams.services.attempts import submit
from tests.conftest import NOON
from tests.factories.cohorts import MembershipFactory, RoleGrantFactory
from tests.factories.exams import answer_rightly, make_attempt, make_seat

pytestmark = [pytest.mark.db, pytest.mark.django_db]

HISTORY = [QuestionVersion, AnswerKey, Paper, AttemptStep, Result]


@pytest.fixture
def attempt() -> Attempt:
    attempt = make_attempt()
    answer_rightly(attempt)
    submit(attempt=attempt, now=NOON)
    return attempt


@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model.__name__)
def test_the_database_refuses_to_change_history(model, attempt: Attempt) -> None:
    field = next(f.name for f in model._meta.fields if f.name in ("no", "seed", "kind", "passed"))
    value = False if field == "passed" else 9
    with pytest.raises(DatabaseError, match="history is added to, never edited"), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk).update(**{field: value})


@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model.__name__)
def test_the_database_refuses_to_delete_history(model, attempt: Attempt) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk)._raw_delete("default")


def test_a_draft_may_still_be_edited() -> None:
    version = make_seat().exam.bank.questions.first().versions.get()
    QuestionVersion.objects.filter(pk=version.pk).update(state="retired")
    draft = QuestionVersion.objects.create(
        question=version.question,
        no=2,
        topic="patents",
        difficulty="easy",
        body={"schema": 1, "stem": "草稿"},
        content_hash="0" * 64,
        created_at=NOON,
    )
    draft.body = {"schema": 1, "stem": "改过的草稿"}
    draft.save()
    draft.state, draft.published_at = "published", NOON
    draft.save()
    draft.body = {"schema": 1, "stem": "发布后改的草稿"}
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        draft.save()
    QuestionVersion.objects.filter(pk=draft.pk).update(state="retired")


def test_a_seat_has_one_open_attempt(attempt: Attempt) -> None:
    seat = make_attempt().seat
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            seat=seat,
            no=2,
            paper_hash="0" * 64,
            started_at=NOON,
            deadline_at=NOON.replace(hour=5),
            accepts_until=NOON.replace(hour=5),
        )


def test_a_person_has_one_seat_in_an_exam() -> None:
    seat = make_seat()
    assert make_seat(seat.exam, seat.person) == seat
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            exam=seat.exam,
            person=seat.person,
            paper=seat.paper,
            organisation=seat.organisation,
            ticket_code="ANOTHER",
            created_at=NOON,
        )


def test_seats_and_attempts_are_seen_by_their_person_and_by_staff_of_the_base_only() -> None:
    attempt, hidden = make_attempt(), make_attempt()
    base = attempt.seat.organisation
    trainer = RoleGrantFactory(organisation=base, role="trainer").user
    classmate = MembershipFactory(cohort__organisation=base).person.user
    for user, seen in ((attempt.seat.person.user, [attempt]), (trainer, [attempt]), (classmate, [])):
        assert list(Attempt.objects.visible_to(user)) == seen
        assert list(Seat.objects.visible_to(user)) == [each.seat for each in seen]
    assert list(Attempt.objects.visible_to(hidden.seat.person.user)) == [hidden]
