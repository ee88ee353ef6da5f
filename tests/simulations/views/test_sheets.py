import pytest

from simulations.views.sheets import bench_words, told_of

pytestmark = pytest.mark.unit

VIEW = {
    "facts": [{"id": "f_ad", "text": "宣传说一千台"}, {"id": "f_book", "text": "账上六百台"}],
    "actions": [{"id": "quotes", "text": "询价"}],
    "numbers": [
        {"name": "sales", "value": 1000, "grade": "claim", "fact": "f_ad"},
        {"name": "sales", "value": 600.0, "grade": "record", "fact": "f_book"},
        {"name": "sales", "value": 640, "grade": "record", "fact": None, "action": "quotes"},
        {"name": "rate", "value": 12, "grade": "statement", "fact": "f_ad"},
    ],
}


def test_numbers_told_of_a_line_come_best_evidence_first_and_name_their_source() -> None:
    told = told_of(VIEW, "sales")

    assert [each.value for each in told] == ["600", "640", "1000"]
    assert [each.text for each in told] == ["账上六百台", "询价", "宣传说一千台"]
    assert [sum(each.pips) for each in told] == [3, 3, 1]
    assert told_of(VIEW, "years") == []


def test_the_workbench_has_words_for_every_form_and_term_of_the_script() -> None:
    words = bench_words()

    assert set(words["forms"]) == {"lump", "royalty", "milestones", "use_first"}
    assert set(words["terms"]) == {"lump", "entry", "royalty", "milestone", "free", "later"}
    for name in ("{p10}", "{p50}", "{p90}", "{unit}"):
        assert name in words["spread"]
    assert "{share}" in words["loss"]
    assert "{names}" in words["missing"]
