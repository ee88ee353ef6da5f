"""`sim_playtest`: one flavour alone, waivers, and what a report leaves behind."""

import io
import json
from copy import deepcopy

import pytest
from django.core.management import call_command

from simulations import library
from simulations.bots.trial import trial
from simulations.management.commands.sim_playtest import keep_report

pytestmark = pytest.mark.unit
CODE = "d-01-gas-heater"


@pytest.fixture(scope="module")
def measured() -> dict:
    return trial(library.scenario(CODE), plays=2, seed=1, field=3)


def _answer(*words: str) -> tuple[int, dict]:
    out = io.StringIO()
    try:
        call_command("sim_playtest", *words, "--json", stdout=out)
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, json.loads(out.getvalue())


def test_a_flavour_can_be_played_alone():
    bot = "simulations.bots.simple:ClickerBot"
    code, answer = _answer(CODE, "--bot", bot, "--plays", "2", "--flavour", "written")
    assert code == 0
    assert list(answer["flavours"]) == ["written"]


def test_a_flavour_that_is_not_there_is_refused():
    code, refusal = _answer(CODE, "--flavour", "vanilla")
    assert (code, refusal["code"]) == (1, "unknown-flavour")
    assert "written" in refusal["detail"]


def test_a_waived_printed_bar_does_not_fail_and_a_hard_one_does(measured, monkeypatch):
    figures = deepcopy(measured)
    for bar in figures["bars"]:
        bar["ok"] = bar["name"] not in ("alpha", "expert sd")
    monkeypatch.setattr("simulations.management.commands.sim_playtest.trial", lambda *_args, **_more: figures)
    waived = [{"bar": name, "approver": "Lin", "reason": "A first version."} for name in ("alpha", "expert sd")]
    monkeypatch.setattr(library, "waivers_of", lambda _code: waived)
    assert _answer(CODE)[0] == 1
    next(bar for bar in figures["bars"] if bar["name"] == "expert sd")["ok"] = True
    assert _answer(CODE)[0] == 0


def test_a_report_leaves_page_charts_index_and_figures(measured, tmp_path, monkeypatch):
    (tmp_path / "library" / CODE).mkdir(parents=True)
    monkeypatch.setattr(library, "__file__", str(tmp_path / "library" / "__init__.py"))
    monkeypatch.setattr(library, "report_of", lambda code: measured if code == CODE else None)
    keep_report(library.scenario(CODE), measured, tmp_path / "pages")
    names = {path.name for path in (tmp_path / "pages").iterdir()}
    assert names == {f"{CODE}.md", f"{CODE}-scores.svg", f"{CODE}-items.svg", "README.md"}
    kept = json.loads((tmp_path / "library" / CODE / "playtest.json").read_text(encoding="utf-8"))
    assert kept == measured
