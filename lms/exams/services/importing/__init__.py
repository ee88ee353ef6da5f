"""Questions from files: read, looked at, written as drafts."""

from .planning import Plan, Status, plan_import
from .reading import read_questions
from .writing import carry_out_import

__all__ = ["Plan", "Status", "carry_out_import", "plan_import", "read_questions"]
