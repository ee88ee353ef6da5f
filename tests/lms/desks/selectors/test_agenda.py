from datetime import date, datetime, timedelta

import pytest

from lms.cohorts.selectors.places import Place
from lms.desks.selectors.agenda import Agenda, agenda_in
from lms.exams.selectors.agenda import Dated
from lms.kernel.beijing import BEIJING
from tests.conftest import NOON

pytestmark = pytest.mark.unit
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _exam(begins: timedelta, ends: timedelta, state: str = "waiting") -> Dated:
    return Dated("exam", "1", "初级机考", "Junior exam", NOON + begins, NOON + ends, state)


def _certificate(last_day: date, state: str = "issued") -> Dated:
    end = datetime(last_day.year, last_day.month, last_day.day, tzinfo=BEIJING)
    return Dated("certificate", "TTM-1", "junior", "junior", end - 900 * DAY, end, state)


def _agenda(*dated: Dated, place: Place | None = None, complete: bool = False) -> Agenda:
    return agenda_in(dated, place, complete=complete, now=NOON)


def _place(last_day: date) -> Place:
    return Place(level=None, cohort="班", base="基地", starts_on=date(2026, 9, 1), ends_on=last_day)  # type: ignore[arg-type]


def test_an_exam_to_come_stands_at_its_opening() -> None:
    (line,) = _agenda(_exam(2 * DAY, 3 * DAY)).next
    assert (line.at, line.late, line.tag.text, line.url) == (NOON + 2 * DAY, False, "还有 2 天", "/exams/")


def test_an_open_exam_stands_at_its_closing_and_presses_in_the_last_three_days() -> None:
    calm, pressing = _agenda(_exam(-HOUR, 5 * DAY)), _agenda(_exam(-HOUR, 2 * DAY))
    assert [line.at for line in calm.next] == [NOON + 5 * DAY]
    assert (pressing.next, pressing.late[0].tag.text) == ((), "还有 2 天")


def test_an_attempt_under_way_is_not_late() -> None:
    (line,) = _agenda(_exam(-HOUR, HOUR, "open")).next
    assert line.tag.text == "进行中"


def test_a_missed_exam_is_late_for_a_month_and_an_exam_that_was_sat_is_no_work() -> None:
    assert _agenda(_exam(-3 * DAY, -2 * DAY)).late[0].tag.text == "未参加"
    assert _agenda(_exam(-40 * DAY, -31 * DAY), _exam(-3 * DAY, -2 * DAY, "done")) == Agenda((), (), ())


@pytest.mark.parametrize(
    ("last_day", "state", "ahead", "late"),
    [
        (date(2026, 11, 21), "issued", 0, 1),
        (date(2026, 11, 22), "issued", 1, 0),
        (date(2027, 5, 20), "issued", 1, 0),
        (date(2027, 6, 20), "issued", 0, 0),
        (date(2026, 11, 21), "revoked", 0, 0),
    ],
)
def test_a_certificate_is_work_only_when_it_runs_out(last_day: date, state: str, ahead: int, late: int) -> None:
    agenda = _agenda(_certificate(last_day, state))
    assert (len(agenda.next), len(agenda.late)) == (ahead, late)
    assert [held.serial for held in agenda.held] == ["TTM-1"]


def test_the_last_day_of_the_cohort_binds_until_everything_is_there() -> None:
    assert _agenda(place=_place(date(2026, 12, 31))).next[0].title == "你的班次最后一天"
    assert _agenda(place=_place(date(2026, 11, 21))).late[0].tag.text == "已结束"
    assert _agenda(place=_place(date(2026, 12, 31)), complete=True) == Agenda((), (), ())


def test_lines_stand_by_date() -> None:
    agenda = _agenda(_exam(9 * DAY, 10 * DAY), _certificate(date(2026, 11, 25)), place=_place(date(2026, 11, 28)))
    assert [line.at for line in agenda.next] == sorted(line.at for line in agenda.next)
    assert len(agenda.next) == 3
