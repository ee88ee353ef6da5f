from datetime import date

import pytest

from lms.cohorts.enums import Role
from lms.exams.models import QuestionVersion
from lms.exams.selectors.laws import law_lines, newest_days, outdated
from lms.exams.services import reviewing
from tests.factories.bank import empty_bank, make_draft, make_law, make_staff

pytestmark = [pytest.mark.room, pytest.mark.django_db]
OLD, NEW, TO_COME = date(2015, 10, 1), date(2026, 1, 1), date(2030, 1, 1)


def resting_on(day: date, **given) -> QuestionVersion:
    return make_draft(law=[{"law": "cgh", "article": "16", "as_of": day}], **given)


def test_a_wording_counts_from_its_day_on(now) -> None:
    make_law("cgh", OLD, NEW, TO_COME)
    assert newest_days(now) == {"cgh": NEW}
    old, new = resting_on(OLD), resting_on(NEW)
    assert list(QuestionVersion.objects.filter(outdated(now))) == [old]
    assert new.pk != old.pk


def test_a_base_is_told_of_its_own_banks_only(now) -> None:
    make_law("cgh", OLD, NEW)
    bank, other = empty_bank(), empty_bank()
    for number, owner in enumerate((bank, bank, other)):
        draft = resting_on(OLD, bank=owner, ref=f"question-{number}")
        reviewing.review(version=draft, actor="user:2", now=now)
        reviewing.publish(version=draft, actor="user:3", now=now)
    (line,) = law_lines(make_staff(bank.organisation, Role.TRAINER), now)
    assert [(each.bank_id, each.questions) for each in line.behind] == [(bank.pk, 2)]
    assert [wording.in_force_from for wording in line.wordings] == [NEW, OLD]
    assert line.in_force == line.wordings[0]


def test_the_list_takes_as_few_queries_with_many_texts(now, django_assert_num_queries) -> None:
    user = make_staff(empty_bank().organisation)
    for number in range(15):
        make_law(f"law-{number}", OLD, NEW)
    with django_assert_num_queries(3):
        assert len(law_lines(user, now)) == 15
