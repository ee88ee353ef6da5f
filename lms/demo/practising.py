"""Field practice of the demonstration's trainee: one record of each stage, as the ladder of a deal goes. Told once."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from courses.enums import PracticeKind
from courses.selectors.practice import practice_of
from courses.services.practice import add_evidence, begin_practice, hand_in_practice, write_practice
from courses.services.supervising import confirm_practice, return_practice
from lms.accounts.selectors.users import user_by_mail

from . import cast
from .offers import paper

if TYPE_CHECKING:
    from courses.models import PracticeRecord
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

VISIT = {
    "firm": "青榆食品机械公司（虚构）",
    "city": "汾川",
    "met": "生产部经理一人，设备科工程师两人",
    "seen": "看到：两条包装线，其中一条的封口处每班停机三四次。听说：换膜之后更常停。推测：与膜的厚薄有关，没有数据。",
    "follow_up": "设备科在下周五前提供一个月的停机记录；本人据此写需求书初稿。",
    "own_part": "联系、走访和记录由本人完成，用时一天；同去的刘老师（虚构）负责讲解。",
}
DEMAND = {
    "firm": "青榆食品机械公司（虚构）",
    "problem": "封口机每班停机三到四次，每次七到十二分钟，换膜后的第一班最多。",
    "metric": "每百小时停机分钟数；上月平均 96 分钟",
    "target": "连续一个月不高于 30 分钟，不换主机",
    "budget_from": "80000",
    "budget_to": "150000",
    "own_part": "停机记录由企业提供，统计、访谈和成文由本人完成，用时三天。",
}
MATCH = {
    "demand": "封口机停机",
    "achievement": "薄膜张力在线测量样机（虚构）",
    "demand_side": "青榆食品机械公司（虚构），设备科",
    "supply_side": "汾水大学测控实验室（虚构），课题负责人",
    "outcome": "talking",
    "agreed": "同意在一台封口机上试装两周；试验费用和数据归谁用，还没有说定。",
    "next_step": "双方各自确认试验数据的使用范围，本人在十天内拟出试验备忘录。",
    "own_part": "邀约、议程和会议记录由本人完成，用时两天。",
}
TOO_SHORT = "“没有说定”的两件事，请写明各方的说法，并补上会议记录的签字页。"


def practise(*, now: datetime) -> None:
    """A visit confirmed, a demand that waits, a match that came back: nothing before the trainee is on a roster."""
    user, manager = user_by_mail(cast.TRAINEE.email), user_by_mail(cast.MANAGER.email)
    if user is None or manager is None or practice_of(user).exists():
        return
    place = user.person.memberships.select_related("cohort__organisation").first()
    if place is None:
        return
    base = place.cohort.organisation
    visit = _handed_in(user.person, base, PracticeKind.VISIT, "走访封口机用户", VISIT, now - timedelta(days=14))
    confirm_practice(record=visit, judged_by=manager, now=now - timedelta(days=12))
    deadline = (now + timedelta(days=60)).date().isoformat()
    demand = {**DEMAND, "visit": str(visit.uid), "deadline": deadline}
    _handed_in(user.person, base, PracticeKind.DEMAND, "封口机停机的需求书", demand, now - timedelta(days=3))
    match = _handed_in(user.person, base, PracticeKind.MATCH, "与测控实验室的对接", MATCH, now - timedelta(days=2))
    return_practice(record=match, judged_by=manager, reason=TOO_SHORT, now=now - timedelta(days=1))


def _handed_in(
    person: "Person", base: "Organisation", kind: PracticeKind, title: str, fields: dict[str, str], now: datetime
) -> "PracticeRecord":
    day = (now - timedelta(days=2)).date()
    record = begin_practice(person=person, organisation=base, kind=kind, title=title, occurred_on=day, now=now)
    write_practice(record=record, title=title, occurred_on=day, fields=fields, now=now)
    add_evidence(record=record, papers=[paper("记录.pdf")], now=now)
    return hand_in_practice(record=record, actor=f"user:{person.user_id}", now=now)
