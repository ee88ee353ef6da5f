"""Views as bots read them, as small as a question needs."""

from typing import Any

View = dict[str, Any]
ROUNDS = {"round": 0, "rounds": 5, "round_days": 2}


def fact(name: str, grade: str, *on: str, against: tuple[str, ...] = (), **more: Any) -> View:
    """A fact that speaks for some answers and against others."""
    bears = [{"on": each, "against": False} for each in on] + [{"on": each, "against": True} for each in against]
    return {"id": name, "grade": grade, "bears": bears, "says": [], "limits": {}, **more}


def number(name: str, value: float, grade: str) -> View:
    """A figure that was told."""
    return {"name": name, "value": value, "grade": grade, "fact": "f"}


def act(name: str, move: str | None = None, *, days: int = 1, budget: int = 0, stage: str = "one", **more: Any) -> View:
    """An act that can be done."""
    return {
        "id": name,
        "move": move,
        "days": days,
        "budget": budget,
        "stage": stage,
        "party": None,
        "options": [],
        "available": True,
        "done": False,
        "chosen": None,
        **more,
    }


def option(name: str, move: str) -> View:
    """A way of doing an act."""
    return {"id": name, "move": move}


def issue(name: str, low: float, high: float, step: float, towards: dict[str, str], **more: Any) -> View:
    """A number to agree on."""
    return {
        "id": name,
        "kind": "number",
        "low": low,
        "high": high,
        "step": step,
        "values": [],
        "towards": towards,
        "hints": [],
        **more,
    }


def view(**more: Any) -> View:
    """A desk on the first of three stages, with nothing on it."""
    return {
        "status": "playing",
        "stage": "one",
        "stages": [{"id": "one"}, {"id": "two"}, {"id": "three"}],
        "clock": {
            "days": 60,
            "days_left": 60,
            "budget": 600,
            "budget_left": 600,
            "round": 0,
            "rounds": 5,
            "round_days": 2,
        },
        "talks": {"stage": "three", "principal": "maker", "partner": "team", "broken_by": None, "packages": 3},
        "parties": [],
        "facts": [],
        "numbers": [],
        "actions": [],
        "documents": [],
        "cards": [],
        "assessments": [],
        "drafts": [],
        "issues": [],
        "offers": [],
        "sheet": None,
        "deal": None,
        "commands": ["advance"],
        **more,
    }


def always(_label: str) -> float:
    """A draw by which everybody who knows something sees everything."""
    return 0.0


def never(_label: str) -> float:
    """A draw by which nobody sees anything."""
    return 0.999999
