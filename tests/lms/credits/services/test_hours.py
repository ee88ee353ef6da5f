from datetime import datetime
from decimal import Decimal

import pytest

from lms.credits.models import HourLine
from lms.credits.selectors.lines import with_words
from lms.credits.services.hours import MinutesOutOfRange, post_class_hours
from lms.credits.services.posting import SourceTaken
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.credits import make_hours

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def facts(person) -> list[tuple[str, str, Decimal]]:
    return list(RequirementFact.objects.filter(person=person).order_by("pk").values_list("kind", "ref", "value"))


def test_hours_are_posted_and_reported(now: datetime) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    line = post_class_hours(
        person_id=person.pk,
        organisation_id=base.pk,
        module="practical-skills",
        minutes=45,
        source="courses.item:1:a",
        occurred_at=now,
        now=now,
        note="第一课",
    )
    line.refresh_from_db()
    assert (line.seq, line.minutes, line.class_hours, line.year, line.rule_version) == (
        1,
        45,
        Decimal("1.00"),
        2026,
        "2026.2",
    )
    (told,) = with_words([line])
    assert (line.note, told.words, told.erased) == ("", "第一课", False)
    assert facts(person) == [("class-hours", "practical-skills", Decimal("1.00"))]


def test_two_lessons_of_25_minutes_make_one_class_hour_and_eleven_hundredths(now: datetime) -> None:
    person = PersonFactory()
    make_hours(person=person, module="public-knowledge", minutes=25)
    make_hours(person=person, module="practical-skills", minutes=25)
    assert [value for _kind, _ref, value in facts(person)] == [Decimal("0.55"), Decimal("0.56")]


def test_the_same_source_again_answers_the_same_line(now: datetime) -> None:
    first = make_hours(source="courses.item:1:a")
    again = make_hours(person=first.person, organisation=first.organisation, source="courses.item:1:a")
    assert again == first
    assert HourLine.objects.count() == RequirementFact.objects.count() == 1


@pytest.mark.parametrize("other", [{"minutes": 26}, {"module": "policy-and-law"}])
def test_the_same_source_with_other_figures_is_refused(other: dict[str, object]) -> None:
    first = make_hours(source="courses.item:1:a")
    with pytest.raises(SourceTaken):
        make_hours(person=first.person, source="courses.item:1:a", **other)
    assert HourLine.objects.count() == 1


def test_one_person_cannot_be_credited_for_what_another_did() -> None:
    make_hours(source="courses.item:1:a")
    with pytest.raises(SourceTaken):
        make_hours(source="courses.item:1:a")


@pytest.mark.parametrize("minutes", [0, -1, 601])
def test_minutes_out_of_range_write_nothing(minutes: int) -> None:
    with pytest.raises(MinutesOutOfRange):
        make_hours(minutes=minutes)
    assert (HourLine.objects.count(), RequirementFact.objects.count()) == (0, 0)


def test_the_year_is_beijing_s(now: datetime) -> None:
    late = datetime.fromisoformat("2026-12-31T17:00:00+00:00")
    assert make_hours(occurred_at=late).year == 2027
