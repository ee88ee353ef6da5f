from datetime import timedelta

import pytest

from lms.mailing.models import Message, Notice
from lms.marking.services.reminding import remind
from tests.factories.marking import make_marker, make_round, make_script, mark_script

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def told() -> list[tuple[int, int]]:
    rows = Notice.objects.filter(kind="marking-due").order_by("pk")
    return [(row.user_id, row.context["open"]) for row in rows]


def test_whoever_has_scripts_open_is_told_two_days_before_and_once_after(now) -> None:
    round_ = make_round(markers_per_script=1, due_at=now + timedelta(days=3))
    user = make_marker(round_)
    make_script(round_), make_script(round_)

    assert remind(now=now) == 0
    assert remind(now=now + timedelta(days=1)) == 1
    assert remind(now=now + timedelta(days=1, hours=1)) == 0
    assert remind(now=now + timedelta(days=4)) == 1
    assert remind(now=now + timedelta(days=4, hours=1)) == 0
    assert told() == [(user.pk, 2), (user.pk, 2)]
    assert Message.objects.filter(kind="marking-due", to=user.email).count() == 2


def test_who_has_marked_everything_and_who_sleeps_is_left_alone(now) -> None:
    round_ = make_round(markers_per_script=1, due_at=now + timedelta(days=1))
    user = make_marker(round_)
    script = make_script(round_)
    assert remind(now=now + timedelta(hours=11)) == 0  # eleven at night in Beijing
    mark_script(script, user)
    assert remind(now=now) == 0
    assert told() == []


def test_a_moved_day_is_told_anew(now) -> None:
    round_ = make_round(markers_per_script=1, due_at=now + timedelta(days=1))
    make_marker(round_)
    make_script(round_)
    assert remind(now=now) == 1
    round_.due_at = now + timedelta(days=2)
    round_.save()
    assert remind(now=now) == 1
