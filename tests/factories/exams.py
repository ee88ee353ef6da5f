from datetime import timedelta
from typing import Any

import factory

from lms.exams.models import Attempt, Exam, QuestionBank, Seat
from lms.exams.services.attempts import start
from lms.exams.services.loading import load_bank
from lms.exams.services.rehearsal import model_answers
from lms.exams.services.seats import assign_seat
from lms.exams.services.steps import save_step
from tests.conftest import NOON
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.schemes import LevelFactory, SchemeVersionFactory

TWELVE = [
    {"kind": "single", "count": 6, "points": "1.00"},
    {"kind": "multiple", "count": 2, "points": "2.00"},
    {"kind": "true-false", "count": 2, "points": "1.00"},
    {"kind": "numeric", "count": 2, "points": "1.00"},
]


def make_bank(organisation: Any) -> QuestionBank:
    """The junior core bank, loaded for an organisation."""
    return load_bank("junior-core", organisation=organisation, now=BEGINNING)


class ExamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exam
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"junior-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    scheme_version = factory.SubFactory(SchemeVersionFactory)
    bank = factory.LazyAttribute(lambda exam: make_bank(exam.organisation))
    level = "junior"
    title = "初级机考 2026 秋"
    title_en = "Junior examination, autumn 2026"
    opens_at = NOON - timedelta(hours=1)
    closes_at = NOON + timedelta(hours=3)
    minutes = 30
    grace_s = 60
    pass_percent = 60
    mode = "invigilated-on-site"
    blueprint = factory.LazyFunction(lambda: {"schema": 1, "lines": TWELVE})
    created_at = BEGINNING

    @factory.post_generation
    def level_of_the_scheme(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """An exam is offered at a level of its scheme; unless a test says more, the level asks for nothing first."""
        if not self.scheme_version.levels.filter(code=self.level).exists():
            LevelFactory(version=self.scheme_version, code=self.level)


def make_seat(exam: Exam | None = None, person: Any = None, **given: Any) -> Seat:
    """A seat with its paper."""
    exam = exam or ExamFactory()
    return assign_seat(
        **{
            "exam": exam,
            "person": person or PersonFactory(),
            "organisation": exam.organisation,
            "now": BEGINNING,
            "extra_reason": "医院证明（虚构）" if given.get("extra_minutes") else "",
            **given,
        }
    )


def make_attempt(seat: Seat | None = None, now: Any = NOON) -> Attempt:
    """An attempt begun at noon."""
    return start(seat=seat or make_seat(), now=now)


def answer_rightly(attempt: Attempt, *, slots: int | None = None, now: Any = NOON) -> None:
    """Answer the first `slots` questions, or all of them, as the key wants."""
    right = list(model_answers(attempt=attempt).items())[:slots]
    for number, (slot, answer) in enumerate(right, start=1):
        save_step(
            attempt=attempt,
            client_seq=number,
            kind="save",
            slot=slot,
            answer=answer,
            now=now,
            actor="user:1",
        )
