import pytest

from cms.design.charts.verdicts import segments, steps

pytestmark = pytest.mark.unit


def test_a_bar_fills_its_box_and_a_small_count_stays_visible() -> None:
    assert segments([("f4", 1), ("f5", 0), ("f1", 999)]) == [
        {"colour": "f4", "x": "0.0", "width": "5.0"},
        {"colour": "f1", "x": "7.0", "width": "993.0"},
    ]


def test_a_file_without_rows_has_no_bar() -> None:
    assert segments([("f4", 0)]) == []


def test_steps_before_are_done_and_those_after_still_to_do() -> None:
    told = steps({"upload": "Upload", "preview": "Preview", "result": "Result"}, "preview")
    assert [(step["label"], step["state"]) for step in told] == [
        ("Upload", "done"),
        ("Preview", "now"),
        ("Result", "todo"),
    ]
