"""`sim_schema`, `sim_check` and `sim_playtest` as scripts call them: JSON out, exit codes 0, 1 and 2."""

import io
import json

import pytest
from django.core.management import call_command

from simulations import library

pytestmark = pytest.mark.unit


def _answer(*words: str) -> tuple[int, object]:
    out = io.StringIO()
    try:
        call_command(*words, "--json", stdout=out)
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, json.loads(out.getvalue())


def test_the_schema_is_one_json_document_without_what_a_file_never_holds():
    code, schema = _answer("sim_schema")
    assert code == 0
    assert "stages" in schema["properties"]
    assert "variant_no" not in schema["properties"]


def test_a_sound_file_gives_an_empty_list(tmp_path):
    path = tmp_path / "scenario.yaml"
    path.write_text(library.text_of("d-01-gas-heater"), encoding="utf-8")
    assert _answer("sim_check", str(path)) == (0, [])


def test_a_broken_file_gives_line_path_code_and_message_and_exits_1(tmp_path):
    path = tmp_path / "scenario.yaml"
    text = library.text_of("d-01-gas-heater").replace("days: 60\n", "days: sixty\n")
    path.write_text(text, encoding="utf-8")
    code, rows = _answer("sim_check", str(path))
    line = text.splitlines().index("days: sixty") + 1
    assert code == 1
    assert [(row["line"], row["path"], row["code"]) for row in rows] == [(line, "days", "int_type")]
    assert rows[0]["message"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_exits_2(tmp_path, content):
    path = tmp_path / "scenario.yaml"
    if content is not None:
        path.write_bytes(content)
    code, refusal = _answer("sim_check", str(path))
    assert (code, refusal["code"]) == (2, "unreadable")


def test_a_playtest_of_one_bot_gives_its_figures():
    bot = "simulations.bots.simple:GreedyBot"
    code, answer = _answer("sim_playtest", "d-01-gas-heater", "--bot", bot, "--plays", "3", "--seed", "7")
    assert code == 0
    figures = answer["policies"]["GreedyBot"]
    assert figures["n"] == 3
    assert 0 <= figures["mean"] <= 30
    assert answer["bars"] == []


@pytest.mark.parametrize("bot", ["simulations.bots.simple:Nobody", "no.such.module:Bot", "nonsense", "math:pi"])
def test_a_bot_that_is_none_exits_2(bot):
    code, refusal = _answer("sim_playtest", "d-01-gas-heater", "--bot", bot)
    assert (code, refusal["code"]) == (2, "unreadable")


def test_a_scenario_that_is_not_in_the_library_exits_1():
    code, refusal = _answer("sim_playtest", "no-such-case")
    assert (code, refusal["code"]) == (1, "unknown-scenario")
