from datetime import timedelta

import pytest

from lms.jobs.services import registry

pytestmark = pytest.mark.unit


def test_tasks_of_every_room_are_known_once_django_has_started() -> None:
    assert registry.find("mailing.deliver").handler.__module__ == "lms.mailing.tasks"
    assert registry.find("jobs.forget-ended").every == timedelta(days=1)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(registry.UnknownTask, match=r"jobs\.fly"):
        registry.find("jobs.fly")


def test_two_rooms_cannot_take_the_same_name(tasks: dict) -> None:
    def here(**payload: object) -> None: ...

    def there(**payload: object) -> None: ...

    there.__module__ = "elsewhere.tasks"
    registry.job("room.verb")(here)
    registry.job("room.verb")(here)
    with pytest.raises(ValueError, match=r"room\.verb is handled in"):
        registry.job("room.verb")(there)


def test_the_reference_lists_lease_attempts_and_period_in_seconds(tasks: dict) -> None:
    registry.job("room.verb", lease=timedelta(seconds=9), max_attempts=3)(lambda **payload: None)
    registry.recurring("room.round", every=timedelta(hours=1))(lambda **payload: None)
    assert registry.describe() == [
        {"task": "room.round", "lease": 120.0, "max_attempts": 1, "every": 3600.0},
        {"task": "room.verb", "lease": 9.0, "max_attempts": 3, "every": None},
    ]
    assert [task.name for task in registry.recurring_tasks()] == ["room.round"]
