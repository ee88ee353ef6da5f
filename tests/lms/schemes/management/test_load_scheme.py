import json
from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def run(*arguments: str) -> tuple[int, dict]:
    out, code = StringIO(), 0
    try:
        call_command("load_scheme", *arguments, "--json", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(out.getvalue())


def test_the_command_loads_the_shipped_scheme_and_says_what_stands() -> None:
    code, said = run("ttm-2026-1")
    assert code == 0
    assert said["levels"] == ["junior", "intermediate", "senior"]
    assert (said["scheme"], said["number"], said["state"]) == ("ttm", "2026.1", "published")
    assert run("ttm-2026-1") == (0, said)


def test_a_wrong_file_exits_1_and_an_unreadable_one_2(tmp_path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("scheme: {}\n")
    code, said = run(str(path))
    assert (code, said["code"]) == (1, "scheme-file-invalid")
    code, said = run(str(tmp_path / "absent.yaml"))
    assert (code, said["code"]) == (2, "scheme-file-unreadable")
