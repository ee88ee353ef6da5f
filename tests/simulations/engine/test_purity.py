"""The engine in a process of its own, where nothing but Python, numpy, pydantic and YAML may be imported."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from hashlib import sha256

class Wall:
    walled = ("django", "wagtail", "celery", "rest_framework", "lms", "cms", "courses", "certificates")
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.walled:
            raise ImportError(f"the engine reached for {name}")

sys.meta_path.insert(0, Wall())
import json
from simulations import library
from simulations.engine import checks, debrief, truths, view, wire
from tests.simulations.engine.cases import rich
from tests.simulations.engine.players import play
digest = sha256()
for base in (rich(), library.scenario("d-01-gas-heater")):
    digest.update(json.dumps(truths.truths(base)).encode())
    for n in range(3):
        done = play(base, f"pure:{n}")
        for part in (
            [wire.stored_event(event) for event in done.events],
            wire.plain(done.score),
            view.view(done.sc, done.state, reading=True),
            debrief.debrief(done.sc, done.state),
        ):
            digest.update(json.dumps(part, ensure_ascii=False).encode())
print(digest.hexdigest())
"""


def _run(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_engine_needs_no_framework_and_repeats_itself_under_three_hash_seeds():
    assert len({_run(seed) for seed in ("0", "1", "4711")}) == 1


def test_looking_and_deciding_load_no_numpy():
    program = (
        "import sys, simulations.engine.view, simulations.engine.decide, simulations.engine.scoring;"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60, check=False).returncode == 0


def test_no_module_of_engine_or_bots_reads_clock_disk_or_chance():
    forbidden = {"random", "time", "datetime", "uuid", "secrets", "os", "socket", "threading", "asyncio"}
    with_numpy = set()
    for path in [*(ROOT / "simulations/engine").glob("*.py"), *(ROOT / "simulations/bots").glob("*.py")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]):
                assert words[1].split(".")[0] not in forbidden, f"{path.name}: {line}"
                if words[1].startswith("numpy") and path.parent.name == "engine":
                    with_numpy.add(path.stem)
    assert with_numpy == {"frontier", "valuation"}
