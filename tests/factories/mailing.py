import factory

from lms.mailing.enums import MessageKind, NoticeKind
from lms.mailing.models import Message, Notice

from .accounts import BEGINNING

# What the rooms say with each kind of notice; titles in both languages, moments in ISO form.
_OFFERING = {"zh": "中级 2027 春季班", "en": "Intermediate, spring 2027"}
_CASE = {"zh": "微滤膜专利许可", "en": "Licensing a membrane"}
_EXAM = {"zh": "初级 2026 秋季考试", "en": "Junior examination, autumn 2026"}
_LEVEL = {"zh": "初级技术经纪人", "en": "Junior technology broker"}
TOLD = {
    NoticeKind.ENROLLED: {"course": {"zh": "初级技术经纪人基础", "en": "Foundations for junior brokers"}},
    NoticeKind.HOURS_POSTED: {"minutes": "45", "lines": "1"},
    NoticeKind.CREDITS_POSTED: {"points": "2.5", "lines": "1"},
    NoticeKind.ANNOUNCED: {
        "course": {"zh": "初级技术经纪人基础", "en": "Foundations for junior brokers"},
        "title": "周六改在二号楼上课",
    },
    NoticeKind.QUESTION_ANSWERED: {"question": "中试算第几级？"},
    NoticeKind.ANSWER_ACCEPTED: {"question": "中试算第几级？"},
    NoticeKind.POST_PUBLISHED: {"question": "中试算第几级？"},
    NoticeKind.POST_HIDDEN: {"question": "中试算第几级？", "reason": "写了别人的电话。"},
    NoticeKind.EXAM_SEAT: {
        "exam": _EXAM,
        "opens": {"at": "2026-11-29T01:00:00+00:00"},
        "closes": {"at": "2026-11-29T16:00:00+00:00"},
        "minutes": 90,
        "ticket": "7QK2-M4XD",
    },
    NoticeKind.EXAM_RESULT: {"exam": _EXAM, "points": "75 / 100", "passed": True},
    NoticeKind.EXAM_CORRECTED: {
        "exam": _EXAM,
        "points": "75 / 100",
        "before": "58 / 100",
        "passed": True,
        "reason": "TL-204",
    },
    NoticeKind.APPEAL_WAITING: {
        "person": "段文博",
        "exam": _EXAM,
        "day": {"on": "2026-12-14"},
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.APPEAL_DECIDED: {"exam": _EXAM, "points": "75 / 100", "upheld": True},
    NoticeKind.REGRADE_WAITING: {
        "exam": _EXAM,
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.DEBRIEF_READY: {"scenario": _CASE, "score": "71.5"},
    NoticeKind.SIMULATION_ASSIGNED: {
        "scenario": _CASE,
        "opens": {"at": "2026-11-29T01:00:00+00:00"},
        "closes": {"at": "2026-11-29T16:00:00+00:00"},
        "attempts": 2,
    },
    NoticeKind.SIMULATION_COMMENTED: {"scenario": _CASE},
    NoticeKind.SIMULATION_CORRECTED: {
        "scenario": _CASE,
        "score": "72",
        "before": "68.5",
        "reason": "TL-204",
    },
    NoticeKind.SIMULATION_APPEAL_DECIDED: {"scenario": _CASE, "score": "72", "upheld": True},
    NoticeKind.SIMULATION_APPEAL_WAITING: {
        "person": "段文博",
        "scenario": _CASE,
        "day": {"on": "2026-12-14"},
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.SIMULATION_REVIEW_WAITING: {
        "scenario": _CASE,
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.CERTIFICATE_ISSUED: {"level": _LEVEL, "serial": "TTM-FCBA-1-2026-000001-K"},
    NoticeKind.CERTIFICATE_REVOKED: {"level": _LEVEL, "serial": "TTM-FCBA-1-2026-000001-K", "reason": ""},
    NoticeKind.DECISION_WAITING: {
        "person": "段文博",
        "level": _LEVEL,
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.DECISION_APPROVED: {"person": "段文博", "level": _LEVEL},
    NoticeKind.DECISION_REFUSED: {"person": "段文博", "level": _LEVEL, "reason": "TL-204"},
    NoticeKind.APPLICATION_WAITING: {
        "person": "段文博",
        "offering": _OFFERING,
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.APPLICATION_RETURNED: {"offering": _OFFERING, "reason": "TL-204"},
    NoticeKind.APPLICATION_REFUSED: {"offering": _OFFERING, "reason": "TL-204"},
    NoticeKind.PRACTICE_WAITING: {
        "person": "段文博",
        "record": "走访：铸件气孔从哪里来",
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.PRACTICE_CONFIRMED: {"record": "走访：铸件气孔从哪里来"},
    NoticeKind.PRACTICE_RETURNED: {"record": "走访：铸件气孔从哪里来", "reason": "TL-204"},
    NoticeKind.PRACTICE_REFUSED: {"record": "走访：铸件气孔从哪里来", "reason": "TL-204"},
    NoticeKind.MARKING_WAITING: {
        "round": _EXAM,
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.MARKING_DUE: {"round": _EXAM, "open": 12, "due": {"at": "2026-11-29T01:00:00+00:00"}},
    NoticeKind.MARKING_LEAD: {
        "round": _EXAM,
        "code": "TL-204",
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.EXAM_TOMORROW: {
        "exam": _EXAM,
        "opens": {"at": "2026-11-29T01:00:00+00:00"},
        "closes": {"at": "2026-11-29T16:00:00+00:00"},
        "ticket": "7QK2-M4XD",
    },
    NoticeKind.OFFERING_SOON: {
        "offering": _OFFERING,
        "course": {"zh": "中级技术经纪人实务", "en": "Intermediate practice"},
        "day": {"on": "2027-03-06"},
    },
    NoticeKind.STUDY_CORRECTED: {
        "lesson": {"zh": "技术市场怎样运转", "en": "How the technology market works"},
        "minutes": 15,
        "reason": "",
    },
    NoticeKind.STUDY_QUIET: {
        "course": {"zh": "初级技术经纪人基础", "en": "Foundations for junior brokers"},
        "percent": 40,
    },
    NoticeKind.CLAIM_WAITING: {
        "person": "段文博",
        "claim": "TL-204",
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.CLAIM_OVERDUE: {"claims": 3, "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"}},
    NoticeKind.CLAIM_RETURNED: {"claim": "TL-204", "reason": "TL-204", "day": {"on": "2026-12-14"}},
    NoticeKind.CLAIM_CONFIRMED: {"claim": "TL-204", "points": "12.5", "held_back": ""},
    NoticeKind.CLAIM_REJECTED: {"claim": "TL-204", "reason": "TL-204", "day": {"on": "2026-12-14"}},
    NoticeKind.SHARE_ASKED: {"person": "段文博", "claim": "TL-204", "percent": "40"},
    NoticeKind.SHARE_ANSWERED: {"person": "段文博", "claim": "TL-204", "agreed": True, "reason": "TL-204"},
    NoticeKind.CREDIT_APPEAL_WAITING: {
        "person": "段文博",
        "claim": "TL-204",
        "day": {"on": "2026-12-14"},
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.CREDIT_APPEAL_DECIDED: {"claim": "TL-204", "upheld": True},
    NoticeKind.SAMPLE_WAITING: {"claims": 3, "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"}},
    NoticeKind.CREDITS_TAKEN_BACK: {"claim": "TL-204", "points": "12.5", "reason": "TL-204"},
    NoticeKind.VIOLATION_WAITING: {
        "person": "段文博",
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.VIOLATION_CONFIRMED: {"violation": "TL-204", "points": "12.5", "day": {"on": "2026-12-14"}},
    NoticeKind.CREDITS_GRANTED: {
        "claim": "TL-204",
        "points": "12.5",
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.CREDITS_EXPIRING: {"points": "12.5", "day": {"on": "2026-12-14"}},
    NoticeKind.RENEWAL_DUE: {
        "level": _LEVEL,
        "serial": "TTM-FCBA-1-2026-000001-K",
        "until": {"on": "2026-12-14"},
        "days": 60,
    },
    NoticeKind.CERTIFICATE_LAPSED: {
        "level": _LEVEL,
        "serial": "TTM-FCBA-1-2026-000001-K",
        "until": {"on": "2026-12-14"},
    },
    NoticeKind.RENEWAL_ASKED: {
        "person": "段文博",
        "level": _LEVEL,
        "serial": "TTM-FCBA-1-2026-000001-K",
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.PORTFOLIO_WAITING: {
        "person": "段文博",
        "level": _LEVEL,
        "organisation": {"zh": "岚川训练基地", "en": "Lanchuan Training Base"},
    },
    NoticeKind.PORTFOLIO_DECIDED: {"level": _LEVEL, "outcome": "recognised", "reason": "TL-204"},
    NoticeKind.RULES_TRIED: {"version": "2026.2", "people": 17},
    NoticeKind.RULES_PUBLISHED: {"version": "2026.2", "day": {"on": "2026-12-14"}},
    NoticeKind.ROSTER_IMPORTED: {
        "cohort": {"zh": "2026 秋季一班", "en": "Autumn 2026, first class"},
        "created": 471,
        "updated": 12,
        "errors": 0,
    },
    NoticeKind.JOB_FAILED: {"task": "certificates.render", "error": "OSError: disk full"},
}
PAGES = {
    MessageKind.CERTIFICATE_ISSUED: "/verify/TTM-FCBA-1-2026-000001-K?c=ABCDE12345",
    MessageKind.CERTIFICATE_REVOKED: "/verify/TTM-FCBA-1-2026-000001-K?c=ABCDE12345",
    MessageKind.DECISION_WAITING: "/base/decisions/",
    MessageKind.APPLICATION_WAITING: "/base/applications/",
    MessageKind.APPLICATION_RETURNED: "/me/applications/",
    MessageKind.APPLICATION_REFUSED: "/me/applications/",
    MessageKind.PRACTICE_WAITING: "/base/practice/",
    MessageKind.PRACTICE_RETURNED: "/me/practice/",
    MessageKind.PRACTICE_REFUSED: "/me/practice/",
    MessageKind.MARKING_WAITING: "/desk/marking/",
    MessageKind.MARKING_DUE: "/desk/marking/",
    MessageKind.MARKING_LEAD: "/desk/marking/",
    MessageKind.EXAM_CORRECTED: "/exams/",
    MessageKind.APPEAL_WAITING: "/desk/appeals/",
    MessageKind.APPEAL_DECIDED: "/exams/",
    MessageKind.REGRADE_WAITING: "/desk/exams/",
    MessageKind.EXAM_TOMORROW: "/exams/",
    MessageKind.OFFERING_SOON: "/me/calendar/",
    MessageKind.STUDY_QUIET: "/courses/jtb-foundations/",
    MessageKind.ENROLLED: "/courses/jtb-foundations/",
    MessageKind.EXAM_RESULT: "/me/",
    MessageKind.EXAM_SEAT: "/exams/",
    MessageKind.CLAIM_WAITING: "/desk/credits/claims/",
    MessageKind.CLAIM_RETURNED: "/me/credits/claims/",
    MessageKind.CLAIM_REJECTED: "/me/credits/claims/",
    MessageKind.SHARE_ASKED: "/me/credits/claims/",
    MessageKind.CREDIT_APPEAL_WAITING: "/desk/credits/appeals/",
    MessageKind.CREDIT_APPEAL_DECIDED: "/me/credits/claims/",
    MessageKind.CREDITS_TAKEN_BACK: "/me/ledger/",
    MessageKind.VIOLATION_CONFIRMED: "/me/ledger/",
    MessageKind.CREDITS_EXPIRING: "/me/ledger/",
    MessageKind.RENEWAL_DUE: "/me/certificates/",
    MessageKind.CERTIFICATE_LAPSED: "/me/certificates/",
    MessageKind.RENEWAL_ASKED: "/base/decisions/",
    MessageKind.PORTFOLIO_WAITING: "/desk/credits/portfolios/",
    MessageKind.PORTFOLIO_DECIDED: "/me/credits/portfolios/",
}


def in_chinese(value: object) -> object:
    """A title, moment or day of TOLD as a mail in Chinese is given it."""
    if isinstance(value, dict):
        if "on" in value:
            return "2027 年 3 月 6 日（星期六）"
        return value.get("zh", "2026 年 11 月 29 日（星期日）09:00")
    return value


MAIL_CONTEXTS = {
    kind: {
        **{name: in_chinese(value) for name, value in TOLD[NoticeKind(kind)].items()},
        "name": "段文博",
        "url": PAGES[kind],
    }
    for kind in MessageKind
}


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    kind = MessageKind.ENROLLED
    subject_ref = factory.Sequence(lambda n: f"courses.enrolment:{n}")
    to = factory.Sequence(lambda n: f"reader{n}@jiqiao.example")
    language = "zh-hans"
    subject = "可以开始学习：初级技术经纪人基础"
    text = "段文博，你好："
    html = "<p>段文博，你好：</p>"
    created_at = BEGINNING


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    user_id = 1
    kind = NoticeKind.ENROLLED
    subject_ref = factory.Sequence(lambda n: f"courses.enrolment:invented-{n}")
    context = factory.LazyAttribute(lambda notice: TOLD[notice.kind])
    url = "/courses/"
    created_at = BEGINNING
