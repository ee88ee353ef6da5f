"""Rosters: read a table, say what would be done with each row, do it."""

from .importing import carry_out_import
from .planning import plan_import
from .reading import read_roster

__all__ = ["carry_out_import", "plan_import", "read_roster"]
