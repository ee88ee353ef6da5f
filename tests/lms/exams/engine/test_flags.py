import pytest

from lms.exams.engine.flags import flags_of
from lms.exams.engine.statistics import ItemFigures, OptionFigures

pytestmark = pytest.mark.unit


def _item(**given) -> ItemFigures:
    options = {"a": OptionFigures(60, 70.0), "b": OptionFigures(30, 50.0), "c": OptionFigures(10, 40.0)}
    whole = {"attempts": 100, "facility": 0.6, "discrimination": 0.4, "omitted": 0, "options": options}
    return ItemFigures(**{**whole, **given})


def _flags(item: ItemFigures) -> list[str]:
    return flags_of(item, ["a", "b", "c"], {"a"})


def test_a_question_in_order_has_no_flag() -> None:
    assert _flags(_item()) == []


@pytest.mark.parametrize(
    ("given", "flags"),
    [
        ({"facility": 0.199}, ["hard"]),
        ({"facility": 0.2}, []),
        ({"facility": 0.95}, []),
        ({"facility": 0.951}, ["easy"]),
        ({"discrimination": 0.1}, []),
        ({"discrimination": 0.099}, ["weak"]),
        ({"discrimination": 0.0}, ["weak"]),
        ({"discrimination": -0.001}, ["negative"]),
        ({"discrimination": None}, []),
        ({"facility": 0.97, "discrimination": -0.2}, ["easy", "negative"]),
    ],
)
def test_bounds_are_kept_to_the_point(given, flags) -> None:
    assert _flags(_item(**given)) == flags


def test_a_wrong_option_that_nobody_takes_is_named() -> None:
    assert _flags(_item(options={"a": OptionFigures(90, 60.0), "b": OptionFigures(10, 50.0)})) == ["unused:c"]


def test_a_wrong_option_that_draws_better_people_is_named() -> None:
    options = {"a": OptionFigures(60, 50.0), "b": OptionFigures(30, 50.1), "c": OptionFigures(10, 40.0)}
    assert _flags(_item(options=options)) == ["lures:b"]


def test_four_people_draw_no_conclusion() -> None:
    options = {"a": OptionFigures(60, 50.0), "b": OptionFigures(36, 40.0), "c": OptionFigures(4, 90.0)}
    assert _flags(_item(options=options)) == []


def test_where_several_options_are_right_their_takers_are_taken_together() -> None:
    options = {"a": OptionFigures(50, 40.0), "b": OptionFigures(50, 60.0), "c": OptionFigures(10, 51.0)}
    assert flags_of(_item(options=options), ["a", "b", "c"], {"a", "b"}) == ["lures:c"]


def test_under_thirty_papers_nothing_is_flagged() -> None:
    assert _flags(_item(attempts=29, facility=0.0, discrimination=-1.0, options={})) == []
