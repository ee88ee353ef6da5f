"""The contracts of .importlinter hold, and each of them bites: a trial tree breaks it and is refused."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

pytestmark = pytest.mark.unit

ROOT = settings.REPO_DIR
ROOFS = ("lms", "courses", "simulations", "certificates", "cms")


def _contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", folder / ".importlinter"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder)})


@pytest.fixture(scope="module")
def trial_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the Python files of the house that a test may break."""
    folder = tmp_path_factory.mktemp("trial")
    shutil.copy(ROOT / ".importlinter", folder)
    for roof in ROOFS:
        for source in (ROOT / roof).rglob("*.py"):
            target = folder / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return folder


def test_the_contracts_hold(trial_tree: Path) -> None:
    outcome = _contracts(trial_tree)
    assert outcome.returncode == 0, outcome.stdout[-3000:]


BREACHES = {
    "rooms": ("lms/schemes/selectors/breach.py", "from lms.exams import enums\n"),
    "storeys": ("lms/exams/selectors/breach.py", "from lms.exams.services import attempts\n"),
    "storeys exhaustive": ("lms/credits/helpers.py", "DRAWER = 1\n"),
    "engine": ("simulations/engine/breach.py", "import random\n"),
    "engine knows no Django": ("simulations/engine/breach.py", "from django.db import models\n"),
    "door": ("courses/selectors/breach.py", "from lms.exams.models import Attempt\n"),
}


@pytest.mark.parametrize("name", BREACHES)
def test_each_contract_bites(trial_tree: Path, name: str) -> None:
    where, what = BREACHES[name]
    breach = trial_tree / where
    breach.write_text(what)
    try:
        assert _contracts(trial_tree).returncode == 1
    finally:
        breach.unlink()


def test_verb_modules_that_form_a_circle_are_refused(trial_tree: Path) -> None:
    one, two = trial_tree / "courses/services/breach_one.py", trial_tree / "courses/services/breach_two.py"
    one.write_text("from courses.services import breach_two\n")
    two.write_text("from courses.services import breach_one\n")
    try:
        assert _contracts(trial_tree).returncode == 1
    finally:
        one.unlink()
        two.unlink()


def _layers() -> list[list[str]]:
    """The layers of the contract, top first, each with its rooms."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    lines = parser["importlinter:contract:rooms"]["layers"].split("\n")
    parts = [line.replace("|", ":").split(":") for line in lines if line.strip()]
    return [[part.strip().strip("()") for part in line] for line in parts]


def test_every_room_has_its_place_in_the_layers() -> None:
    named = {room for layer in _layers() for room in layer}
    rooms = {config.name for config in apps.get_app_configs() if config.name.split(".")[0] in ROOFS}
    assert rooms <= named


def test_the_packages_under_the_roofs_are_the_rooms() -> None:
    named = {room for layer in _layers() for room in layer} | {"lms.settings", "lms.kernel"}
    packages = {
        f"{roof}.{path.name}"
        for roof in ("lms", "cms")
        for path in (ROOT / roof).iterdir()
        if (path / "__init__.py").exists()
    }
    assert packages <= named


def test_every_foreign_key_points_to_the_same_or_a_lower_room() -> None:
    height = {room: -index for index, layer in enumerate(_layers()) for room in layer}
    upward = [
        f"{model.__module__}.{model.__name__}.{field.name} -> {field.related_model.__module__}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        and (mine := apps.get_app_config(model._meta.app_label).name) in height
        and (theirs := apps.get_app_config(field.related_model._meta.app_label).name) in height
        and height[mine] < height[theirs]
    ]  # fmt: skip
    assert upward == []


PRIVATE_STOREYS = ("views", "forms", "tasks", "receivers")


def test_views_forms_tasks_and_receivers_are_imported_only_inside_their_room() -> None:
    rooms = sorted((c.name for c in apps.get_app_configs() if c.name.split(".")[0] in ROOFS), key=len, reverse=True)
    breaches = []
    for roof in ROOFS:
        for source in (ROOT / roof).rglob("*.py"):
            module = ".".join(source.relative_to(ROOT).with_suffix("").parts)
            home = next((room for room in rooms if module.startswith(room)), "")
            for other in rooms:
                if other == home or module == "lms.urls":
                    continue
                text = source.read_text()
                breaches += [
                    f"{module} imports {other}.{storey}"
                    for storey in PRIVATE_STOREYS
                    if f"from {other}.{storey}" in text or f"import {other}.{storey}" in text
                ]
    assert breaches == []
