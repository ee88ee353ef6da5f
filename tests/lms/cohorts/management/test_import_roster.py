import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from lms.accounts.models import Person
from lms.cohorts.enums import Role
from tests.factories.cohorts import CohortFactory, RoleGrantFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def run(command: str, *arguments: str) -> tuple[int, dict]:
    out, code = StringIO(), 0
    try:
        call_command(command, *arguments, "--json", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(out.getvalue())


@pytest.fixture
def files(tmp_path) -> Path:
    code, said = run("roster_fixture", "--out", str(tmp_path / "rosters"))
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "rosters").iterdir()) == sorted(
        file["name"] for file in said["files"]
    )
    return tmp_path / "rosters"


@pytest.fixture
def grant(clock):
    return RoleGrantFactory(organisation=CohortFactory(code="2026-A").organisation)


def imported(files: Path, name: str, grant, *more: str) -> tuple[int, dict]:
    return run("import_roster", str(files / name), "--cohort", "2026-A", "--as", grant.user.email, *more)


@pytest.mark.parametrize("name", ["roster-good.xlsx", "roster-gb18030.csv", "roster-utf8-bom.csv"])
def test_a_good_file_is_previewed_first_and_written_with_commit(files, grant, name) -> None:
    code, said = imported(files, name, grant)
    assert (code, said["counts"]) == (0, {"create": 12, "update": 0, "skip": 0, "error": 0})
    assert said["rows"][0] == {"row": 2, "action": "create", "errors": []}
    assert set(said) == {"counts", "rows"}
    assert Person.objects.filter(user__grants=None).count() == 0
    code, said = imported(files, name, grant, "--commit")
    assert (code, said["counts"]["create"]) == (0, 12)
    assert Person.objects.count() == 12
    code, said = imported(files, name, grant, "--commit")
    assert (code, said["counts"]) == (0, {"create": 0, "update": 0, "skip": 12, "error": 0})


@pytest.mark.parametrize(
    ("name", "code", "counts"),
    [
        ("roster-bad-check-digit.xlsx", 1, {"create": 11, "update": 0, "skip": 0, "error": 1}),
        ("roster-duplicate-mail.xlsx", 1, {"create": 10, "update": 0, "skip": 0, "error": 2}),
        ("roster-empty-row.xlsx", 0, {"create": 12, "update": 0, "skip": 1, "error": 0}),
    ],
)
def test_each_bad_file_gets_its_verdicts(files, grant, name, code, counts) -> None:
    found, said = imported(files, name, grant)
    assert (found, said["counts"]) == (code, counts)
    for row in said["rows"]:
        for error in row["errors"]:
            assert set(error) == {"column", "code", "message"}
            assert error["message"]


@pytest.mark.parametrize(
    ("name", "exit_code", "code"),
    [
        ("roster-missing-column.xlsx", 1, "roster-column-missing"),
        ("roster-not-a-table.xlsx", 2, "roster-unreadable"),
        ("absent.xlsx", 2, "roster-unreadable"),
    ],
)
def test_a_file_refused_as_a_whole_says_why(files, grant, name, exit_code, code) -> None:
    found, said = imported(files, name, grant, "--commit")
    assert (found, said["code"]) == (exit_code, code)
    assert said["detail"]
    assert Person.objects.count() == 0


def test_who_is_no_manager_of_the_base_imports_nothing(files, grant) -> None:
    trainer = RoleGrantFactory(organisation=grant.organisation, role=Role.TRAINER)
    assert imported(files, "roster-good.xlsx", trainer, "--commit")[1]["code"] == "may-not-import"
    assert imported(files, "roster-good.xlsx", RoleGrantFactory(), "--commit")[1]["code"] == "no-such-cohort"
    code, said = run("import_roster", str(files / "roster-good.xlsx"), "--cohort", "2026-A", "--as", "nobody@x.example")
    assert (code, said["code"]) == (1, "no-such-user")
    assert Person.objects.count() == 0


def test_a_code_that_two_bases_use_wants_the_base_in_front(files, grant) -> None:
    other = CohortFactory(code="2026-A").organisation
    RoleGrantFactory(user=grant.user, organisation=other)
    code, said = imported(files, "roster-good.xlsx", grant)
    assert (code, said["code"]) == (1, "cohort-code-ambiguous")
    code, said = run(
        "import_roster",
        str(files / "roster-good.xlsx"),
        "--cohort",
        f"{other.code}/2026-A",
        "--as",
        grant.user.email,
        "--commit",
    )
    assert (code, said["counts"]["create"]) == (0, 12)
    assert set(Person.objects.values_list("memberships__cohort__organisation__code", flat=True)) == {other.code}
