from .claim import Claim, ClaimEvent, ClaimEvidence, ClaimShare
from .credit import CreditLine
from .hour import HourLine
from .judgement import AuditSample, ClaimAppeal, Confirmation, ContractNumber
from .pool import RewardPool
from .portfolio import Portfolio, PortfolioEvent, PortfolioPiece
from .rules import CreditRules, RulesTrial, RulesTrialChange
from .standing import AnnualReturn, BoardConsent, CreditPaper
from .text import LineText
from .total import CreditTotal, HourTotal

__all__ = [
    "AnnualReturn",
    "AuditSample",
    "BoardConsent",
    "Claim",
    "ClaimAppeal",
    "ClaimEvent",
    "ClaimEvidence",
    "ClaimShare",
    "Confirmation",
    "ContractNumber",
    "CreditLine",
    "CreditPaper",
    "CreditRules",
    "CreditTotal",
    "HourLine",
    "HourTotal",
    "LineText",
    "Portfolio",
    "PortfolioEvent",
    "PortfolioPiece",
    "RewardPool",
    "RulesTrial",
    "RulesTrialChange",
]
