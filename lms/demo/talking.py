"""What is said in the demonstration: two questions about a lesson, answers, and an announcement. Told once."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from courses.selectors.announcements import audiences_of
from courses.selectors.outlines import items_of
from courses.selectors.progress import enrolments_of
from courses.services.announcing import send_announcement
from courses.services.discussing import accept, answer, ask
from lms.accounts.selectors.users import user_by_mail

from . import cast

if TYPE_CHECKING:
    from courses.models import Enrolment, Thread

SOLVED = (
    "课文的图里，中试算第几级？",
    "我们所的样机在合作厂试过两周，按图像是第五级，厂里说应当算第六级。",
    (
        "看在什么环境里做的：相关环境里验证是第五级，相关环境里示范是第六级。在合作厂的生产线旁试两周，"
        "要看物料、工况和真实生产差多少。填表时把环境写清楚，级别自然就清楚了。"
    ),
)
OPEN = ("访谈时对方只肯谈好的数据，怎么办？", "问到失败的那几批，对方就把话岔开。")
NEWS = ("周六现场研讨改到二号楼 301", "本周六上午九点的现场研讨改在二号楼 301 室。请带上自己写的那份需求书。")


def _number(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://jiqiao.example/demo/{name}")


def let_them_talk(*, now: datetime) -> None:
    """The trainee asks, the trainer answers and announces; nothing is said before the trainee has enrolled."""
    learner, trainer = user_by_mail(cast.TRAINEE.email), user_by_mail(cast.DESKS[0].email)
    enrolment = enrolments_of(learner.person).first() if learner else None
    if trainer is None or enrolment is None:
        return
    _questions(enrolment, now)
    audience = next((each for each in audiences_of(trainer) if each.course_id == enrolment.course_id), None)
    if audience is not None:
        title, text = NEWS
        send_announcement(
            uid=_number("news"), audience=audience, title=title, text=text, user=trainer, now=now - timedelta(hours=5)
        )


def _questions(enrolment: "Enrolment", now: datetime) -> None:
    trainer, item = user_by_mail(cast.DESKS[0].email), items_of(enrolment.course_version)[0]
    if trainer is None:
        return

    def put(name: str, title: str, text: str, ago: timedelta) -> "Thread":
        return ask(
            enrolment=enrolment,
            item_uid=item.uid,
            person=enrolment.person,
            uid=_number(name),
            title=title,
            text=text,
            now=now - ago,
        )

    title, text, solution = SOLVED
    asked = put("solved", title, text, timedelta(days=3))
    reply = answer(
        thread=asked, person=trainer.person, uid=_number("reply"), text=solution, now=now - timedelta(days=2)
    )
    if asked.accepted_id is None:
        accept(thread=asked, reply=reply, user=trainer, now=now - timedelta(days=2))
    put("open", *OPEN, timedelta(days=1))
