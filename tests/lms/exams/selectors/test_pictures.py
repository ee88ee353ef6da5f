import uuid

import pytest

from lms.exams.models import Paper, QuestionVersion
from lms.exams.selectors.pictures import figure_in_attempt, figure_visible_to
from lms.exams.services.figures import keep_figure
from tests.factories.bank import a_picture, empty_bank, make_draft, make_staff
from tests.factories.exams import make_attempt

pytestmark = [pytest.mark.room, pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_candidate_sees_the_pictures_of_the_own_paper_and_no_others(now) -> None:
    attempt = make_attempt()
    bank = attempt.seat.exam.bank
    shown = keep_figure(bank=bank, name="a.png", content=a_picture(), alt="甲", now=now)
    other = keep_figure(bank=bank, name="b.png", content=a_picture(size=(50, 50)), alt="乙", now=now)
    version = make_draft(bank, figures=[str(shown.uid)], ref="with-a-picture")
    paper = Paper.objects.get(pk=attempt.seat.paper_id)
    paper.items = [{**paper.items[0], "version": version.pk}]
    attempt.seat.paper = paper
    assert figure_in_attempt(attempt, shown.uid) == shown
    assert figure_in_attempt(attempt, other.uid) is None
    assert figure_in_attempt(attempt, uuid.uuid4()) is None
    assert QuestionVersion.objects.filter(pk=version.pk).exists()


def test_staff_of_the_base_see_the_pictures_of_its_banks(now) -> None:
    bank = empty_bank()
    figure = keep_figure(bank=bank, name="a.png", content=a_picture(), alt="甲", now=now)
    assert figure_visible_to(make_staff(bank.organisation), figure.uid) == figure
    assert figure_visible_to(make_staff(empty_bank().organisation), figure.uid) is None
