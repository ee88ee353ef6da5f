"""Varying: how one written case becomes many – other shapes by flavour, other figures by variant."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from .chance import u01
from .parts import Param
from .table import Party, Utility

if TYPE_CHECKING:
    from .scenario import Scenario

Part = TypeVar("Part", bound=BaseModel)
SET_WHEN_DRAWN = ("variant_no", "flavour_now", "level_now", "truths_now")
FIXED = ("schema_version", "id", "version", "as_of", "languages", "variants", "flavours", "rule_set")


class Shapes:
    """The flavours of one case and the variants drawn so far: made once, kept with the case."""

    def __init__(self, written: "Scenario") -> None:
        self.written = written
        self.made: dict[tuple[str, int, str], Scenario] = {}

    @cached_property
    def _values(self) -> dict[str, Any]:
        return self.written.model_dump(mode="json", exclude={"flavours", "truths_now"})

    def flavoured(self, name: str) -> "Scenario":
        """The case in one of its flavours, read whole. Raises pydantic's `ValidationError`."""
        if not name:
            return self.written
        key = (name, 0, "")
        if key not in self.made:
            base = self.written
            patched = json.dumps(merged(self._values, base.flavours[name].patch))
            shape = type(base).model_validate_json(patched)
            self.made[key] = rebuilt(shape, flavours=base.flavours, flavour_now=name, truths_now=base.truths_now)
        return self.made[key]

    def numbered(self, name: str, number: int, level: str) -> "Scenario":
        """A numeric variant of a flavour."""
        key = (name, number, level)
        if key not in self.made:
            self.made[key] = _numbered(self.flavoured(name), number, level)
        return self.made[key]


def rebuilt(part: Part, **changed: Any) -> Part:
    """The same part with other values in some fields, unchecked."""
    fields = {name: value for name, value in part.__dict__.items() if name in type(part).model_fields}
    return type(part).model_construct(**{**fields, **changed})


def _numbered(sc: "Scenario", number: int, level: str) -> "Scenario":
    case = sc.id + sc.flavour_now
    params = {name: _drawn(param, case, number, name) for name, param in sc.params.items()}
    parties = {name: _drawn_party(sc, party, number, name) for name, party in sc.parties.items()}
    worked = sc.truths_now.get(f"{sc.flavour_now}:{number}", {})
    return rebuilt(sc, variant_no=number, level_now=level, params=params, parties=parties, truths_now=worked)


def _drawn(param: Param, case: str, number: int, name: str) -> Param:
    steps = int((param.high - param.low) / param.step + 1e-9)
    value = param.low + param.step * int(u01(case, number, "param", name) * (steps + 1))
    return rebuilt(param, likely=float(f"{value:.6g}"))


def _drawn_party(sc: "Scenario", party: Party, number: int, name: str) -> Party:
    def swing(what: str) -> float:
        return 2 * u01(sc.id, sc.flavour_now, number, name, what) - 1

    old: Utility = party.utility
    raw = {issue: w * (1 + sc.spread.weights * swing(issue)) for issue, w in old.weights.items()}
    total = sum(raw.values())
    weights = {issue: w / total for issue, w in raw.items()}
    reservation = old.reservation + sc.spread.reservation * swing("reservation")
    return rebuilt(party, utility=rebuilt(old, weights=weights, reservation=reservation))


def merged(written: Any, patch: Any) -> Any:
    """Lay a patch over written values: objects by key, null takes away, all else takes the place."""
    if not (isinstance(written, dict) and isinstance(patch, dict)):
        return patch
    laid = dict(written)
    for key, value in patch.items():
        if value is None:
            laid.pop(key, None)
        else:
            laid[key] = merged(laid.get(key), value)
    return laid
