"""What is printed on a certificate, worked out once from the frozen evidence and kept for ever."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from lms.kernel.beijing import BEIJING
from lms.kernel.demo import SPECIMEN, is_demo

from .terms import Json

PAYLOAD_SCHEMA = 1
TITLE = "技术经理人培训考核证书"
TITLE_EN = "Certificate of Training and Assessment"
MONTHS_EN = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_COUNTED = "零一两三四五六七八九十"
_COUNTED_EN = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures in the sentence of a certificate."""

    class_hours: Decimal
    simulations: int
    first: date
    last: date


def beijing_day(moment: datetime) -> date:
    """The calendar day in Beijing, which is the one that legal dates mean."""
    return moment.astimezone(BEIJING).date()


def last_day(issued_on: date, years: int) -> date:
    """The day before the same date `years` later; the 29th of February counts as the 1st of March."""
    try:
        anniversary = issued_on.replace(year=issued_on.year + years)
    except ValueError:
        anniversary = date(issued_on.year + years, 3, 1)
    return anniversary - timedelta(days=1)


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


def facts_in(evidence: Json) -> Facts:
    """Read the figures out of a decision's evidence."""
    hours = [fact for fact in evidence["facts"] if fact["kind"] == "class-hours"]
    scored = [leaf for leaf in evidence["leaves"] if leaf["fact"] == "simulation"]
    days = sorted(beijing_day(datetime.fromisoformat(fact["occurred_at"])) for fact in evidence["facts"])
    frozen_on = beijing_day(datetime.fromisoformat(evidence["frozen_at"]))
    return Facts(
        class_hours=sum((Decimal(fact["value"]) for fact in hours), Decimal(0)),
        simulations=max((int(Decimal(leaf["reached"])) for leaf in scored), default=0),
        first=days[0] if days else frozen_on,
        last=days[-1] if days else frozen_on,
    )


def _period(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year} 年 {first.month} 月"
    if first.year == last.year:
        return f"{first.year} 年 {first.month} 月至 {last.month} 月"
    return f"{first.year} 年 {first.month} 月至 {last.year} 年 {last.month} 月"


def _period_en(first: date, last: date) -> str:
    start, end = MONTHS_EN[first.month - 1], MONTHS_EN[last.month - 1]
    if (first.year, first.month) == (last.year, last.month):
        return f"in {end} {last.year}"
    if first.year == last.year:
        return f"between {start} and {end} {last.year}"
    return f"between {start} {first.year} and {end} {last.year}"


def _counted(number: int, words: tuple[str, ...] | str) -> str:
    return words[number] if number < len(words) else str(number)


def statement_of(facts: Facts) -> str:
    """The sentence above the level, in Chinese."""
    simulated = f"和{_counted(facts.simulations, _COUNTED)}场交易实训" if facts.simulations else ""
    hours = _plain(facts.class_hours)
    return f"于 {_period(facts.first, facts.last)}修满 {hours} 学时，通过考试{simulated}，成绩合格，核定能力等级为"


def statement_en_of(facts: Facts) -> str:
    """The same in English, below the level."""
    many = "simulation" if facts.simulations == 1 else "simulations"
    simulated = f" and {_counted(facts.simulations, _COUNTED_EN)} scored deal {many}" if facts.simulations else ""
    return (
        f"has completed {_plain(facts.class_hours)} class hours {_period_en(facts.first, facts.last)} and passed "
        f"the examination{simulated} required for the level stated above."
    )


def _leaf_of(evidence: Json, fact: str) -> Decimal | None:
    """What a renewal reached of a kind of fact that is added up; None where it asks for none of it."""
    found = [leaf for leaf in evidence["leaves"] if leaf["fact"] == fact and "stands" not in leaf]
    return Decimal(found[0]["reached"]) if found else None


def renewed_statement_of(evidence: Json) -> str:
    """The sentence above the level of a renewed certificate, in Chinese."""
    renewal, parts = evidence["renewal"], []
    points, hours = _leaf_of(evidence, "contribution"), _leaf_of(evidence, "class-hours")
    if points is not None:
        parts.append(f"取得贡献积分 {_plain(points)} 分")
    if hours is not None:
        parts.append(f"修满继续教育 {_plain(hours)} 学时")
    first, last = date.fromisoformat(renewal["since"]), date.fromisoformat(renewal["until"])
    did = "，".join([f"于 {_period(first, last)}{parts[0]}", *parts[1:]]) + "，" if parts else ""
    ends = "恢复要求，核定恢复的能力等级为" if renewal["way"] == "reinstatement" else "续期要求，核定续期的能力等级为"
    return f"{did}符合证书 {renewal['serial']} 的{ends}"


def renewed_statement_en_of(evidence: Json) -> str:
    """The same in English, below the level."""
    renewal, parts = evidence["renewal"], []
    points, hours = _leaf_of(evidence, "contribution"), _leaf_of(evidence, "class-hours")
    if points is not None:
        parts.append(f"{_plain(points)} contribution credits")
    if hours is not None:
        parts.append(f"{_plain(hours)} continuing class hours")
    first, last = date.fromisoformat(renewal["since"]), date.fromisoformat(renewal["until"])
    did = f"has earned {' and '.join(parts)} {_period_en(first, last)} and " if parts else "has "
    way = "reinstating" if renewal["way"] == "reinstatement" else "renewing"
    return f"{did}met what is required for {way} certificate {renewal['serial']} of the level stated above."


def _statements(evidence: Json, facts: Facts) -> tuple[str, str]:
    if "renewal" in evidence:
        return renewed_statement_of(evidence), renewed_statement_en_of(evidence)
    return statement_of(facts), statement_en_of(facts)


def _class_hours(evidence: Json, facts: Facts) -> Decimal:
    """The hours printed: of a renewal those of its cycle."""
    return (_leaf_of(evidence, "class-hours") or Decimal(0)) if "renewal" in evidence else facts.class_hours


def _is_result(leaf: Json) -> bool:
    """Whether a requirement is a result to print: not who somebody is or what they held, nor what must not stand."""
    return leaf["fact"] not in ("identity", "certificate") and "stands" not in leaf


def build_payload(
    evidence: Json, *, serial: str, check_code: str, issued_on: date, years: int, signed_by: str, verify_url: str
) -> Json:
    """Every printed field of a certificate."""
    facts = facts_in(evidence)
    statement, statement_en = _statements(evidence, facts)
    return {
        "schema": PAYLOAD_SCHEMA,
        "serial": serial,
        "check_code": check_code,
        "name": evidence["person"]["name"],
        "latin_name": evidence["person"]["latin_name"],
        "level": evidence["level"],
        "organisation": evidence["organisation"],
        "scheme": evidence["scheme"],
        "title": TITLE,
        "title_en": TITLE_EN,
        "statement": statement,
        "statement_en": statement_en,
        "class_hours": _plain(_class_hours(evidence, facts)),
        "results": [leaf for leaf in evidence["leaves"] if _is_result(leaf)],
        "issued_on": issued_on.isoformat(),
        "valid_until": last_day(issued_on, years).isoformat(),
        "signed_by": signed_by,
        "verify_url": verify_url,
        "specimen": SPECIMEN if is_demo() else "",
    }


def printed_words(payload: Json) -> str:
    """Every word on the certificate that its issuer answers for, for the check of reserved words."""
    words = [payload["title"], payload["title_en"], payload["statement"], payload["statement_en"]]
    for part in ("level", "organisation"):
        words += [payload[part]["name"], payload[part]["name_en"]]
    words += [payload["scheme"]["title"], payload["scheme"]["title_en"]]
    return "\n".join(words)
