"""The workbench beside the engine: the browser's cash flows and draws against numpy's, and how long a redraw takes."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from simulations.engine.models import evaluate
from simulations.engine.valuation import licence, triangular
from tests.chromium import chromium

pytestmark = [pytest.mark.browser]

STEADY = 12
SCRIPTS = Path(__file__).parents[3] / "simulations" / "static" / "simulations"
SHEET = {
    "sales": (800, 1200, 2000),
    "growth": (0, 8, 15),
    "years": (8, 10, 12),
    "ramp": (1, 2, 4),
    "margin": (25, 32, 40),
    "invest": (100, 150, 200),
    "success": (40, 60, 75),
    "rate": (12, 18, 25),
    "support": (20, 30, 60),
    "lump": (300, 300, 300),
    "entry": (40, 50, 80),
    "royalty": (3, 5, 6),
    "milestone": (100, 200, 300),
    "free": (1, 2, 3),
    "later": (4, 6, 8),
}
MODELS = [
    {"sub": [{"mul": ["a", "b"]}, {"div": ["a", 4]}, 1]},
    {"npv": {"rate": 0.1, "flows": [-100, "a", {"add": ["a", "b", 5]}]}},
    {"max": [{"min": ["a", "b"]}, 2.5]},
    "b",
    7,
]


def _plain(name: str) -> str:
    return (SCRIPTS / f"{name}.js").read_text(encoding="utf-8").replace("export ", "")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        opened = browser.new_page()
        offered = "Object.assign(window, { PATHS, triangular, summary, licence, flows, compiled });"
        opened.add_script_tag(content="\n".join([*map(_plain, ("sampling", "licence", "models")), offered]))
        yield opened


def test_the_same_draws_give_the_same_cash_flows(page) -> None:
    draws = {name: triangular(name, *bounds)[:200] for name, bounds in SHEET.items()}
    expected = licence(draws)

    given = {name: values.tolist() for name, values in draws.items()}
    found = page.evaluate("(given) => licence(given, 200)", given)

    for name, values in expected.items():
        there = np.array([found[name][str(n)] if isinstance(found[name], dict) else found[name][n] for n in range(200)])
        assert np.allclose(there, np.broadcast_to(values, 200), rtol=1e-9), name


def _reference() -> dict[str, np.ndarray]:
    """Mean, P50 and P90 of the engine's model, steadied over several sets of its own draws."""
    runs = []
    for salt in range(STEADY):
        found = licence({name: triangular(f"{name}#{salt}", *bounds) for name, bounds in SHEET.items()})
        runs.append({name: _figures(np.broadcast_to(values, 8192)) for name, values in found.items()})
    return {name: np.mean([run[name] for run in runs], axis=0) for name in runs[0]}


def _figures(values: np.ndarray) -> list[float]:
    return [float(values.mean()), *np.quantile(values, [0.5, 0.9, 0.1])]


def test_the_browsers_own_draws_come_to_the_same_figures_within_one_per_cent(page) -> None:
    found = page.evaluate(
        """(sheet) => {
          const given = Object.fromEntries(Object.entries(sheet).map(([name, at]) => [name, triangular(name, ...at)]));
          const told = Object.entries(licence(given, PATHS)).map(([name, values]) => {
            const { mean, p50, p90 } = summary(values);
            return [name, [mean, p50, p90]];
          });
          return Object.fromEntries(told);
        }""",
        SHEET,
    )

    for name, (mean, middle, high, low) in _reference().items():
        for there, here in zip(found[name], (mean, middle, high), strict=True):
            assert abs(there - here) <= 0.01 * max(abs(here), high - low), (name, there, here)


@pytest.mark.parametrize("model", MODELS, ids=json.dumps)
def test_declared_models_are_worked_out_alike(page, model) -> None:
    numbers = {"a": 12.0, "b": 3.5}
    found = page.evaluate("([model, of]) => compiled(model)((name) => of[name])", [model, numbers])

    assert found == pytest.approx(evaluate(model, numbers))


def test_ten_thousand_paths_for_both_sides_are_worked_out_in_time(page) -> None:
    took = page.evaluate(
        """(sheet) => {
          const times = [];
          for (let n = 0; n < 12; n += 1) {
            const began = performance.now();
            const drawn = Object.entries(sheet).map(([name, at]) => [name, triangular(name, ...at)]);
            const given = Object.fromEntries(drawn);
            Object.values(licence(given, PATHS)).map(summary);
            times.push(performance.now() - began);
          }
          return times;
        }""",
        SHEET,
    )

    assert min(took) < 50, took
