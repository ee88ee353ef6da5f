"""Knowledge: what somebody who knows the trade brings to any case. No case, party or figure is named here.

Kinds of acts and clauses are those of `simulations.engine.kinds`. How good a kind of act usually is runs from −3
(ruins the case) to +3 (never leave it out); how tempting it is to those who do not know better, from −1 to 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ASKING = frozenset({"ask_interests", "ask_limits"})
FIRST, EARLY, MIDDLE, LATE, LAST = range(5)


@dataclass(frozen=True, slots=True)
class Move:
    """What is known of a kind of act: its worth, its temptation, when in a stage it is due, how hard it is to see."""

    worth: float
    tempting: float = 0.0
    due: int = EARLY
    hard: float = 0.42


def _group(hard: float, due: int, moves: Mapping[str, tuple[float, float]]) -> dict[str, Move]:
    return {name: Move(worth, tempting, due, hard) for name, (worth, tempting) in moves.items()}


UNKNOWN_MOVE = Move(0.6, 0.3, MIDDLE)

# Finding out. Reasons, users and places come before totals and lists; tests before words.
_FINDING = _group(
    0.42,
    EARLY,
    {
        "ask_why": (3, 0),
        "ask_interests": (3, 0.1),
        "ask_limits": (3, 0),
        "ask_specs": (0.4, 0.8),
        "ask_total": (-0.5, 0.8),
        "hear_users": (2.5, 0),
        "visit_site": (2.5, 0.1),
        "request_evidence": (2.5, 0.2),
        "test": (2.5, -0.3),
        "witness_test": (2.5, -0.2),
        "expert_view": (2.2, 0.1),
        "search_register": (2.5, 0),
        "check_law": (2, 0),
        "check_funding": (2.5, -0.2),
        "check_party": (2.2, 0),
        "check_relation": (2.5, -0.2),
        "market_research": (1, 0.4),
        "buy_data": (1, 0.3),
        "model_costs": (2, 0),
        "compare": (2.2, 0.2),
        "small_talk": (-0.5, 0.7),
    },
)
# Dealing with people. Who is sold to or pushed shuts the door; who is told the reasons keeps it open.
_PEOPLE = _group(
    0.44,
    MIDDLE,
    {
        "pitch": (-1.5, 0.9),
        "mass_mail": (-2.5, 0.8),
        "targeted_release": (2.5, 0.4),
        "introduce": (1, 0.5),
        "confirm": (2.7, 0),
        "tell_reasons": (2.5, -0.2),
        "pressure": (-2, 0.7),
        "mediate": (2, 0.1),
        "blame": (-2.5, 0.5),
        "ignore": (-2, 0.7),
        "joint_fix": (2.7, 0.3),
        "follow_up": (2, 0),
        "train": (1.5, 0),
        "stop": (0, -0.3),
        "push_on": (-1.5, 0.6),
        "wait": (-0.5, 0.5),
    },
)
# Honesty. Most people would do right; it is easier to see than the rest.
_HONESTY = _group(
    0.32,
    EARLY,
    {
        "sign_nda": (3, 0.3),
        "oral_promise": (-2, 0.6),
        "share_secret": (-3, 0.3),
        "publish_secret": (-3, 0.1),
        "pass_on_limits": (-3, 0.1),
        "take_favour": (-3, 0.1),
        "refuse_favour": (2.5, 0.4),
        "hide_fee": (-3, 0.1),
        "disclose_fee": (3, 0.2),
        "hide_interest": (-3, 0.2),
        "disclose_interest": (3, 0.1),
        "overclaim": (-2.5, 0.5),
        "state_plainly": (2.5, 0.3),
        "fake": (-3, 0),
    },
)
# Procedure. What comes before what is learnt in the trade.
_PROCEDURE = {
    **_group(0.46, EARLY, {"fix_price_route": (2.5, 0.1), "appraise": (2, 0.2), "offer_priority": (2.5, -0.2)}),
    **_group(0.46, MIDDLE, {"collective_decision": (2.5, 0), "collect_consents": (3, 0)}),
    **_group(0.46, LATE, {"publish_notice": (3, -0.1), "apply_permit": (2, 0.1)}),
    **_group(0.42, LAST, {"sign_with_owner": (3, 0.3), "register_contract": (2.5, 0.2), "register_import": (3, 0.1)}),
    **_group(
        0.46,
        LAST,
        {
            "record_licence": (2, 0.1),
            "settle_tax": (2, 0.1),
            "split_reward": (2.5, 0.2),
            "apply_subsidy": (1.5, 0.6),
            "pay_fees": (2, 0.2),
            "keep_records": (2, 0),
        },
    ),
    **_group(
        0.44,
        LAST,
        {
            "shorten_notice": (-3, 0.5),
            "skip_procedure": (-3, 0.4),
            "single_decision": (-2.5, 0.5),
            "sign_with_unauthorised": (-3, 0.4),
            "skip_permit": (-3, 0.4),
            "needless_permit": (-2, 0.4),
            "misregister": (-3, 0.3),
            "underpay_reward": (-2.5, 0.3),
            "double_subsidy": (-3, 0.3),
            "promise_subsidy": (-3, 0.3),
        },
    ),
}
_SECRECY = {"sign_nda": Move(3, 0.3, FIRST, 0.38), "disclose_fee": Move(3, 0.2, FIRST, 0.38)}
MOVES: Mapping[str, Move] = {**_FINDING, **_PEOPLE, **_HONESTY, **_PROCEDURE, **_SECRECY}

# What turns from wrong to harmless once something else was done before it.
HARMLESS_AFTER: Mapping[str, tuple[str, float]] = {"share_secret": ("sign_nda", 1.0)}
# What is worth doing, or not, once the player has come to the judgement that no deal is right.
WHEN_WALKING: Mapping[str, float] = {"stop": 3.0, "push_on": -3.0, "wait": -1.0}

# How much a grade of evidence weighs when facts speak for different answers, and how far its figures may be out.
GRADES: Mapping[str, float] = {"claim": 0.3, "statement": 1, "record": 2, "test": 3, "register": 4, "law": 4}
DOUBT: Mapping[str, float] = {
    "claim": 0.25,
    "statement": 0.12,
    "record": 0.05,
    "test": 0.04,
    "register": 0.02,
    "law": 0.01,
}

MONOPOLY = frozenset({"no_own_research", "free_grant_back", "ban_rivals", "market_limits", "tie_in", "no_challenge"})
# Void by law, or foolish: never written.
VOID = MONOPOLY | {
    "forced_supplier",
    "zero_risk_promise",
    "vague",
    "chosen_answer",
    "wrong_test",
    "wrong_type",
    "side_letter",
    "wrong_condition",
    "fixed_return",
    "subsidy_promise",
    "unbounded",
}
# Belongs into some papers and not into others: written when a fact that was found speaks for it.
OPEN = frozenset(
    {
        "internal_approval",
        "permit",
        "relief",
        "priority",
        "buyout",
        "tranche",
        "vesting",
        "contingent",
        "publication",
        "language",
        "guarantee",
        "clawback",
    }
)


@dataclass(frozen=True, slots=True)
class Breach:
    """How a rule is broken: by doing, by leaving undone, by writing into a paper, by leaving out of it.

    Heedless is who keeps no bound on terms, and answers against the evidence.
    """

    does: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    omits: frozenset[str] = frozenset()
    heedless: bool = False


def _breach(does: str = "", leaves: str = "", writes: str = "", omits: str = "") -> Breach:
    return Breach(
        does=frozenset(does.split()),
        leaves=frozenset(leaves.split()),
        writes=frozenset(writes.split()),
        omits=frozenset(omits.split()),
    )


BREACHES: Mapping[str, Breach] = {
    "R01": _breach(leaves="fix_price_route"),
    "R02": _breach(does="shorten_notice skip_procedure", leaves="publish_notice"),
    "R03": _breach(does="hide_interest", leaves="disclose_interest check_relation"),
    "R04": _breach(does="underpay_reward", leaves="split_reward"),
    "R05": _breach(does="underpay_reward", leaves="split_reward"),
    "R06": _breach(does="shorten_notice", leaves="publish_notice"),
    "R07": Breach(writes=MONOPOLY),
    "R08": _breach(does="sign_with_unauthorised", leaves="collect_consents sign_with_owner"),
    "R09": _breach(leaves="offer_priority"),
    "R10": _breach(does="misregister", writes="wrong_type"),
    "R11": _breach(omits="licence_kind scope sublicence"),
    "R12": _breach(writes="free_grant_back", omits="improvements"),
    "R13": _breach(omits="milestone"),
    "R14": _breach(does="skip_permit", leaves="register_import apply_permit"),
    "R15": _breach(does="share_secret publish_secret oral_promise pass_on_limits", leaves="sign_nda"),
    "R16": _breach(
        does="take_favour hide_fee hide_interest pass_on_limits",
        leaves="refuse_favour disclose_fee disclose_interest",
    ),
    "R17": _breach(does="single_decision", leaves="keep_records collective_decision"),
}
# A rule of the case's own: whoever breaks it does whatever ruins a case, and heeds nothing.
BREACH_OF_OWN_RULE = Breach(
    does=frozenset(name for name, move in MOVES.items() if move.worth <= -2),
    leaves=frozenset({"apply_permit", "collect_consents", "publish_notice"}),
    writes=VOID,
    heedless=True,
)
LEAK = Breach(does=frozenset({"pass_on_limits"}))


def breach_of(rule: str) -> Breach:
    """How the rule is broken, as far as the trade knows it."""
    return BREACHES.get(rule, BREACH_OF_OWN_RULE)
