"""Field practice as somebody writes it down; firms and people are invented."""

import io
from datetime import date, datetime
from typing import Any

import pikepdf

from courses.enums import PracticeKind
from courses.models import PracticeRecord
from courses.services.practice import add_evidence, begin_practice, hand_in_practice, write_practice
from lms.records.services.papers import Paper, read_paper

from .accounts import BEGINNING

OWN = "五月十三日我到现场，问了三位班组长。"
SAID: dict[PracticeKind, dict[str, Any]] = {
    PracticeKind.VISIT: {
        "firm": "砺石铸造",
        "city": "岚川",
        "met": "生产部长一人",
        "seen": "气孔八成出在周一第一炉",
        "follow_up": "五月二十日以前给周末砂湿记录",
        "own_part": OWN,
    },
    PracticeKind.DEMAND: {
        "firm": "砺石铸造",
        "problem": "周一第一炉气孔多",
        "metric": "气孔废品率百分之六",
        "target": "百分之二以下",
        "budget_to": "300000",
        "deadline": "2027-06-30",
        "own_part": OWN,
    },
    PracticeKind.ACHIEVEMENT: {
        "holder": "岚川理工学院",
        "name": "铸造砂在线测湿",
        "ip_status": "filed",
        "trl": "5",
        "proof": "两家铸造厂试用三个月",
        "own_part": OWN,
    },
    PracticeKind.MATCH: {
        "demand": "气孔",
        "achievement": "在线测湿",
        "demand_side": "砺石铸造，生产部长",
        "supply_side": "岚川理工学院，课题组长",
        "outcome": "talking",
        "agreed": "谈拢试用，没谈拢价格",
        "next_step": "六月一日前给试用方案",
        "own_part": OWN,
    },
    PracticeKind.CONTRACT: {
        "name": "测湿装置试用合同",
        "contract_kind": "service",
        "parties": "砺石铸造（委托方）；岚川理工学院（受托方）",
        "amount": "120000.50",
        "signed_on": "2026-08-20",
        "own_part": OWN,
    },
}


def paper(name: str = "返修单.pdf") -> Paper:
    """A real PDF of one page."""
    kept = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(kept)
    return read_paper(name=name, content=kept.getvalue())


def draft_of(enrolment: Any, kind: PracticeKind = PracticeKind.VISIT, now: datetime = BEGINNING) -> PracticeRecord:
    """A draft of whoever is enrolled, filled in."""
    record = begin_practice(
        person=enrolment.person,
        organisation=enrolment.organisation,
        kind=kind,
        title=f"{kind.label}：铸件气孔",
        occurred_on=date(2026, 8, 20),
        now=now,
    )
    return write_practice(record=record, title=record.title, occurred_on=record.occurred_on, fields=SAID[kind], now=now)


def handed_in(enrolment: Any, kind: PracticeKind = PracticeKind.VISIT, now: datetime = BEGINNING) -> PracticeRecord:
    """A record with one file that waits for a supervisor."""
    record = draft_of(enrolment, kind, now)
    add_evidence(record=record, papers=[paper()], now=now)
    return hand_in_practice(record=record, actor=f"user:{enrolment.person.user_id}", now=now)
