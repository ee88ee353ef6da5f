"""What a scheme's data may say; the reference is docs/reference/requirement-tree.md."""

from .renewing import RenewalRules, parse_renewal
from .study import StudyRules, dump_study_rules, parse_study_rules
from .trees import (
    COUNTED,
    SUMMED,
    AllOf,
    AnyOf,
    Code,
    Leaf,
    Node,
    Strict,
    Text,
    Years,
    codes_in,
    leaves_in,
    met_by,
    order_fault,
    order_fault_in,
    parse_tree,
)

__all__ = [
    "COUNTED",
    "SUMMED",
    "AllOf",
    "AnyOf",
    "Code",
    "Leaf",
    "Node",
    "RenewalRules",
    "Strict",
    "StudyRules",
    "Text",
    "Years",
    "codes_in",
    "dump_study_rules",
    "leaves_in",
    "met_by",
    "order_fault",
    "order_fault_in",
    "parse_renewal",
    "parse_study_rules",
    "parse_tree",
]
