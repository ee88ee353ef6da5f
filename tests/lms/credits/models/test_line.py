import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lms.credits.models import CreditLine, HourLine, LineText
from tests.factories.cohorts import MembershipFactory, RoleGrantFactory
from tests.factories.credits import make_hours, make_points

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.mark.parametrize(
    "change",
    [
        lambda: HourLine.objects.update(minutes=99),
        lambda: CreditLine.objects.update(points=99),
        lambda: HourLine.objects.all().delete(),
        lambda: CreditLine.objects.all().delete(),
    ],
    ids=["edit hours", "edit points", "delete hours", "delete points"],
)
def test_the_database_refuses_to_change_a_line(change) -> None:
    make_hours()
    make_points()
    with pytest.raises(DatabaseError, match="history is added to, never edited"), transaction.atomic():
        change()


@pytest.mark.parametrize("table", ["credits_hourline", "credits_creditline"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET seq = 9",
        "UPDATE {table} SET verifier = '' WHERE seq = 1",
        "UPDATE {table} SET hash = hash",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE seq = 1",
    ],
)
def test_the_database_refuses_raw_sql_as_well(table: str, statement: str) -> None:
    make_hours()
    make_points()
    before = [*HourLine.objects.values(), *CreditLine.objects.values()]
    with (
        pytest.raises(DatabaseError, match=f"{table}: history is added to, never edited"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))
    assert [*HourLine.objects.values(), *CreditLine.objects.values()] == before


def test_words_are_erased_or_stay_but_never_change() -> None:
    make_hours(note="课")
    with pytest.raises(DatabaseError, match="history is added to, never edited"), transaction.atomic():
        LineText.objects.update(text="别的话")
    assert LineText.objects.get().text == "课"


@pytest.mark.parametrize("minutes", [0, -5])
def test_the_database_refuses_a_deduction_that_reverses_nothing(minutes: int) -> None:
    line = make_hours()
    line.pk, line.seq, line.source, line.hash, line.minutes = None, 2, "x", "0" * 64, minutes
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_lines_are_seen_by_their_owner_and_by_staff_of_the_base_only() -> None:
    line, hidden = make_hours(), make_hours()
    trainer = RoleGrantFactory(organisation=line.organisation, role="trainer").user
    classmate = MembershipFactory(cohort__organisation=line.organisation).person.user
    assert list(HourLine.objects.visible_to(line.person.user)) == [line]
    assert list(HourLine.objects.visible_to(trainer)) == [line]
    assert list(HourLine.objects.visible_to(classmate)) == []
    assert list(HourLine.objects.visible_to(hidden.person.user)) == [hidden]
