"""How certificates of a level are renewed, as a version's file says it."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from .trees import AllOf, Strict, codes_in, leaves_in, order_fault

Months = Annotated[int, Field(ge=1, le=60)]


def _each_code_once(tree: AllOf) -> AllOf:
    codes = list(codes_in(tree))
    twice = next((code for code in codes if codes.count(code) > 1), "")
    if twice:
        raise ValueError(f"the code {twice} is used twice in this tree")
    return tree


def _in_an_order(tree: AllOf) -> AllOf:
    fault = order_fault(tree)
    if fault:
        raise ValueError(f"what comes before {fault} is not in this tree, or waits for {fault} itself")
    return tree


def _asks_for_something_new(tree: AllOf) -> AllOf:
    # Facts are kept for ever: a renewal that read all of them would ask nothing of whoever earned the level.
    if not any(leaf.within for leaf in leaves_in(tree)):
        raise ValueError("no requirement has a window; a renewal asks for something that happened since")
    return tree


RenewalTree = Annotated[
    AllOf, AfterValidator(_each_code_once), AfterValidator(_in_an_order), AfterValidator(_asks_for_something_new)
]


class RenewalRules(Strict):
    """When a certificate may be renewed, what is asked then, and what is asked after it has lapsed."""

    # So many months before its last day, renewal opens.
    opens_months: Months
    # So many months after its last day, it can be reinstated; later the whole level is earned anew.
    grace_months: Annotated[int, Field(ge=0, le=60)]
    requirements: RenewalTree
    reinstatement: RenewalTree | None = None

    @model_validator(mode="after")
    def _grace_asks_for_something(self) -> Self:
        if bool(self.grace_months) != (self.reinstatement is not None):
            raise ValueError("grace_months and reinstatement are given together, or 0 and none")
        return self


def parse_renewal(data: Any) -> RenewalRules:
    """The rules of renewal that `data` (from a file, or `Level.renewal`) describes."""
    return RenewalRules.model_validate(data)
