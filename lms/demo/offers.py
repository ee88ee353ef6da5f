"""What the demonstration's base offers in the coming months, and who has asked for a place."""

import io
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pikepdf

from courses.enums import DocumentKind, OfferingMode
from courses.selectors.applications import applications_of
from courses.selectors.offerings import offering_by_code
from courses.services.applying import apply
from courses.services.offering import create_offering, open_offering
from courses.services.reviewing import return_application
from lms.accounts.selectors.users import user_by_mail
from lms.kernel.levels import LevelCode
from lms.records.services.papers import Paper, read_paper

from . import cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from courses.models import Course, Offering

CITY = "汾川"
VENUE = "汾川科技大市场二号楼三层"
PRIOR, DEGREE, YEARS = DocumentKind.PRIOR_CERTIFICATE, DocumentKind.DEGREE, DocumentKind.YEARS
FILE_NAMES = {PRIOR: "下一等级证书.pdf", DEGREE: "学位证书.pdf", YEARS: "从业年限证明.pdf"}
INCOMPLETE = "从业年限证明缺少单位盖章页，请补上后重新提交。"


def _day(now: datetime, days: int) -> date:
    return (now + timedelta(days=days)).date()


def _planned(now: datetime) -> "list[tuple[LevelCode, dict[str, Any]]]":
    """Four occasions: always open, an evening class with few places, and one for each higher level."""
    return [
        (
            LevelCode.JUNIOR,
            {
                "code": "JTB-SELF",
                "title": "初级课程 · 随到随学",
                "title_en": "Junior course, at your own pace",
                "mode": OfferingMode.ONLINE,
                "starts_on": _day(now, -30),
                "ends_on": _day(now, 335),
            },
        ),
        (
            LevelCode.JUNIOR,
            {
                "code": "JTB-WEEKEND",
                "title": "初级课程 · 周末面授班",
                "title_en": "Junior course, weekends on site",
                "mode": OfferingMode.BLENDED,
                "city": CITY,
                "venue": VENUE,
                "starts_on": _day(now, 20),
                "ends_on": _day(now, 76),
                "enrol_until": _day(now, 17),
                "seats": 24,
            },
        ),
        (
            LevelCode.INTERMEDIATE,
            {
                "code": "ITB-SPRING",
                "title": "中级实务 · 春季班",
                "title_en": "Intermediate practice, spring class",
                "mode": OfferingMode.BLENDED,
                "city": CITY,
                "venue": VENUE,
                "starts_on": _day(now, 34),
                "ends_on": _day(now, 118),
                "enrol_until": _day(now, 27),
                "seats": 40,
                "documents": [PRIOR.value],
            },
        ),
        (
            LevelCode.SENIOR,
            {
                "code": "STM-SPRING",
                "title": "高级交易与管理 · 研修班",
                "title_en": "Senior deals and management, seminar",
                "mode": OfferingMode.ON_SITE,
                "city": CITY,
                "venue": VENUE,
                "starts_on": _day(now, 48),
                "ends_on": _day(now, 139),
                "enrol_until": _day(now, 34),
                "seats": 20,
                "needs_approval": True,
                "documents": [PRIOR.value, DEGREE.value, YEARS.value],
            },
        ),
    ]


def offer(*, courses: "Mapping[LevelCode, Course]", now: datetime) -> None:
    """Plan and open what is offered, once; two people have applied for a place by then."""
    opened = now - timedelta(days=12)
    for level, fields in _planned(now):
        course = courses[level]
        if offering_by_code(course.organisation, fields["code"]) is None:
            offering = create_offering(course=course, created_by=None, now=opened, **fields)
            open_offering(offering=offering, opened_by=None, now=opened)
    base = courses[LevelCode.SENIOR].organisation
    intermediate, senior = (offering_by_code(base, code) for code in ("ITB-SPRING", "STM-SPRING"))
    if intermediate and senior:
        _apply(
            intermediate,
            cast.HOLDER,
            {PRIOR},
            now - timedelta(days=2),
            degree="机械工程学士，汾水大学（虚构），2016 年",
            years=3,
        )
        _returned(senior, cast.SITTING, {PRIOR, DEGREE, YEARS}, now)


def _apply(
    offering: "Offering", learner: cast.Learner, kinds: set[DocumentKind], now: datetime, **statement: Any
) -> None:
    user = user_by_mail(learner.email)
    if user is None or applications_of(user).filter(offering=offering).exists():
        return
    papers = [(kind, paper(FILE_NAMES[kind])) for kind in sorted(kinds)]
    apply(person=user.person, offering=offering, statement=statement, papers=papers, actor=f"user:{user.pk}", now=now)


def _returned(offering: "Offering", learner: cast.Learner, kinds: set[DocumentKind], now: datetime) -> None:
    """Asked for a place, and sent back by the manager for a page that is missing."""
    user, manager = user_by_mail(learner.email), user_by_mail(cast.MANAGER.email)
    if user is None or manager is None or applications_of(user).filter(offering=offering).exists():
        return
    _apply(offering, learner, kinds, now - timedelta(days=6), degree="化学工程硕士，云溪大学（虚构），2018 年", years=5)
    application = applications_of(user).get(offering=offering)
    return_application(application=application, decided_by=manager, reason=INCOMPLETE, now=now - timedelta(days=4))


def paper(name: str) -> Paper:
    """A page that says that it proves nothing."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(
        b"BT /F1 18 Tf 72 740 Td (Demonstration document) Tj 0 -28 Td /F1 12 Tf (Invented. It proves nothing.) Tj ET"
    )
    written = io.BytesIO()
    document.save(written, deterministic_id=True)
    return read_paper(name=name, content=written.getvalue())
