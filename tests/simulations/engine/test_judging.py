"""Judgements with evidence, sheets and rows, and papers in own words."""

import pytest

from simulations.engine.refusing import Refused

from .cases import sitting

pytestmark = pytest.mark.unit


def _refused(here, **command) -> str:
    with pytest.raises(Refused) as refused:
        here.do(**command)
    return refused.value.code


def test_a_level_is_judged_with_the_facts_that_prove_it():
    here = sitting()
    assert _refused(here, type="assess", assessment="level", value=5, evidence=["f_bench"]) == "evidence-not-found"
    here.do(type="act", action="test")
    here.do(type="assess", assessment="level", value=5, evidence=["f_bench", "f_bench"])
    assert here.st.answers["level"] == {"basis": "", "value": 5, "evidence": ["f_bench"]}


@pytest.mark.parametrize("value", [0, 10, 4.5, "5", None, True])
def test_a_level_is_a_whole_number_in_range(value):
    code = _refused(sitting(), type="assess", assessment="level", value=value)
    assert code in ("assessment-shape", "command-unreadable")


def test_rows_may_be_left_out_but_not_made_up():
    here = sitting()
    here.do(type="assess", assessment="dd", rows={"owner": "clear"})
    assert here.st.answers["dd"]["rows"] == {"owner": "clear"}
    assert _refused(here, type="assess", assessment="dd", rows={"nobody": "clear"}) == "assessment-shape"
    assert _refused(here, type="assess", assessment="dd", rows={"owner": "maybe"}) == "assessment-shape"


def test_figures_of_a_sheet_stay_in_their_bounds_and_in_order():
    here = sitting()
    sheet = {"type": "assess", "assessment": "need", "low": 100, "high": 200}
    here.do(**sheet, figures={"volume": [80, 100, 120.123456789]})
    assert here.st.answers["need"]["figures"] == {"volume": [80, 100, 120.123457]}
    for wrong in ({"volume": [3, 2, 1]}, {"volume": [0, 1, 501]}, {"other": [1, 2, 3]}):
        assert _refused(here, **sheet, figures=wrong) == "assessment-shape"
    for wrong in ({"volume": [1, 2]}, {"volume": [float("nan")] * 3}, {"volume": [float("inf")] * 3}):
        assert _refused(here, **sheet, figures=wrong) == "command-unreadable"


def test_a_paper_in_own_words_is_kept_whole_and_the_last_version_counts():
    here = sitting()
    for text in ("一稿", "二稿：因为台架通过"):
        here.do(type="write", paper="note", text=text)
    assert here.st.papers == {"note": "二稿：因为台架通过"}
    assert _refused(here, type="write", paper="note", text="长" * 201) == "paper-too-long"
    assert _refused(here, type="write", paper="none", text="") == "unknown-paper"
    assert _refused(here, type="write", paper="note", text="a\x00b") == "command-unreadable"
    here.to_table()
    assert _refused(here, type="write", paper="note", text="迟了") == "paper-closed"
