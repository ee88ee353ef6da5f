"""Notices in words: put together when somebody reads, in the language they read in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from lms.kernel.beijing import BEIJING
from lms.mailing.enums import NoticeKind
from lms.mailing.models import Notice

from .addresses import page_in

# A moment that binds: with its weekday, by the Beijing clock; the sentence around it names the zone.
MOMENTS = {"zh": "Y 年 n 月 j 日（l）H:i", "en": "l j F Y, H:i"}
DAYS = {"zh": "Y 年 n 月 j 日（l）", "en": "l j F Y"}
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind is told: its sentence, and what its link does."""

    sentence: Words
    action: Words


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words: its kind, one whole sentence or two, and what its link does."""

    title: str
    sentence: str
    action: str


WORDING = {
    NoticeKind.ENROLLED: Wording(
        gettext_lazy("You are enrolled in the course “%(course)s”. The first lesson is open."),
        gettext_lazy("Start learning"),
    ),
    NoticeKind.HOURS_POSTED: Wording(
        gettext_lazy("Items completed: %(lines)s. Minutes of study credited: %(minutes)s."),
        gettext_lazy("See the statement"),
    ),
    NoticeKind.CREDITS_POSTED: Wording(
        gettext_lazy("Contribution credits posted: %(points)s. Lines in the ledger: %(lines)s."),
        gettext_lazy("See the statement"),
    ),
    NoticeKind.STUDY_CORRECTED: Wording(
        gettext_lazy(
            "Your training base corrected the study time of “%(lesson)s” by %(minutes)s minutes. "
            "Reason given: %(reason)s"
        ),
        gettext_lazy("See how it was counted"),
    ),
    NoticeKind.ANNOUNCED: Wording(
        gettext_lazy("Announcement in the course “%(course)s”: %(title)s"),
        gettext_lazy("Read the announcement"),
    ),
    NoticeKind.QUESTION_ANSWERED: Wording(
        gettext_lazy("Your question “%(question)s” has an answer."),
        gettext_lazy("Read the answer"),
    ),
    NoticeKind.ANSWER_ACCEPTED: Wording(
        gettext_lazy("Your answer to “%(question)s” was accepted."),
        gettext_lazy("See the question"),
    ),
    NoticeKind.POST_PUBLISHED: Wording(
        gettext_lazy("What you wrote under “%(question)s” is published."),
        gettext_lazy("See the question"),
    ),
    NoticeKind.POST_HIDDEN: Wording(
        gettext_lazy("A moderator has hidden what you wrote under “%(question)s”. Reason given: %(reason)s"),
        gettext_lazy("See the question"),
    ),
    NoticeKind.EXAM_SEAT: Wording(
        gettext_lazy(
            "You have a seat in the examination “%(exam)s”. The room is open from %(opens)s to %(closes)s, Beijing "
            "time; you have %(minutes)s minutes. Your admission number is %(ticket)s."
        ),
        gettext_lazy("See the examination"),
    ),
    NoticeKind.EXAM_RESULT: Wording(
        gettext_lazy("You passed the examination “%(exam)s” with %(points)s points."),
        gettext_lazy("See the result"),
    ),
    NoticeKind.EXAM_CORRECTED: Wording(
        gettext_lazy(
            "Your result in the examination “%(exam)s” was corrected: %(points)s points, %(before)s before. You have "
            "passed. Reason given: %(reason)s"
        ),
        gettext_lazy("See the result"),
    ),
    NoticeKind.APPEAL_WAITING: Wording(
        gettext_lazy("%(person)s appeals against a result in “%(exam)s”. A person decides by %(day)s."),
        gettext_lazy("Look at the appeal"),
    ),
    NoticeKind.APPEAL_DECIDED: Wording(
        gettext_lazy("Your appeal in the examination “%(exam)s” was upheld. Your result is now %(points)s points."),
        gettext_lazy("Read the decision"),
    ),
    NoticeKind.REGRADE_WAITING: Wording(
        gettext_lazy("A correction of the examination “%(exam)s” is prepared and waits for a second person."),
        gettext_lazy("Look at the correction"),
    ),
    NoticeKind.DEBRIEF_READY: Wording(
        gettext_lazy("The debrief of “%(scenario)s” is ready. You reached %(score)s of 100 points."),
        gettext_lazy("Read the debrief"),
    ),
    NoticeKind.SIMULATION_ASSIGNED: Wording(
        gettext_lazy(
            "The deal simulation “%(scenario)s” is set to your class, from %(opens)s to %(closes)s, Beijing time. "
            "Attempts allowed: %(attempts)s."
        ),
        gettext_lazy("Read the briefing"),
    ),
    NoticeKind.SIMULATION_COMMENTED: Wording(
        gettext_lazy("Your training base commented on your attempt at “%(scenario)s”."),
        gettext_lazy("Read the comment"),
    ),
    NoticeKind.SIMULATION_CORRECTED: Wording(
        gettext_lazy(
            "Your score in “%(scenario)s” was corrected: %(score)s points, %(before)s before. Reason given: %(reason)s"
        ),
        gettext_lazy("See both scores"),
    ),
    NoticeKind.SIMULATION_APPEAL_DECIDED: Wording(
        gettext_lazy("Your appeal about “%(scenario)s” was upheld. Your score is now %(score)s points."),
        gettext_lazy("Read the decision"),
    ),
    NoticeKind.SIMULATION_APPEAL_WAITING: Wording(
        gettext_lazy("%(person)s appeals against a score in “%(scenario)s”. A person decides by %(day)s."),
        gettext_lazy("Look at the appeal"),
    ),
    NoticeKind.SIMULATION_REVIEW_WAITING: Wording(
        gettext_lazy("A correction of “%(scenario)s” at %(organisation)s waits for a second person."),
        gettext_lazy("Look at the correction"),
    ),
    NoticeKind.CERTIFICATE_ISSUED: Wording(
        gettext_lazy("Your certificate as %(level)s was issued. Its number is %(serial)s."),
        gettext_lazy("See the certificate"),
    ),
    NoticeKind.CERTIFICATE_REVOKED: Wording(
        gettext_lazy("Your certificate %(serial)s as %(level)s was revoked and no longer counts."),
        gettext_lazy("See the certificate"),
    ),
    NoticeKind.DECISION_WAITING: Wording(
        gettext_lazy("The decision about %(person)s for %(level)s is prepared and waits for you."),
        gettext_lazy("Decide"),
    ),
    NoticeKind.DECISION_APPROVED: Wording(
        gettext_lazy("The decision about %(person)s for %(level)s, which you prepared, was approved."),
        gettext_lazy("See the decision"),
    ),
    NoticeKind.DECISION_REFUSED: Wording(
        gettext_lazy("The decision about %(person)s for %(level)s, which you prepared, was refused: %(reason)s"),
        gettext_lazy("See the decision"),
    ),
    NoticeKind.APPLICATION_WAITING: Wording(
        gettext_lazy("%(person)s has applied for a place in “%(offering)s”. The application waits for you."),
        gettext_lazy("Look at the application"),
    ),
    NoticeKind.APPLICATION_RETURNED: Wording(
        gettext_lazy("Your application for “%(offering)s” came back to be completed: %(reason)s"),
        gettext_lazy("Complete the application"),
    ),
    NoticeKind.APPLICATION_REFUSED: Wording(
        gettext_lazy("Your application for “%(offering)s” was refused: %(reason)s"),
        gettext_lazy("See the application"),
    ),
    NoticeKind.PRACTICE_WAITING: Wording(
        gettext_lazy("%(person)s has handed in the practice record “%(record)s”. It waits for a supervisor."),
        gettext_lazy("Look at the record"),
    ),
    NoticeKind.PRACTICE_CONFIRMED: Wording(
        gettext_lazy("Your practice record “%(record)s” is confirmed. It counts from now on and stays as it is."),
        gettext_lazy("See the record"),
    ),
    NoticeKind.PRACTICE_RETURNED: Wording(
        gettext_lazy("Your practice record “%(record)s” came back to be completed: %(reason)s"),
        gettext_lazy("Complete the record"),
    ),
    NoticeKind.PRACTICE_REFUSED: Wording(
        gettext_lazy("Your practice record “%(record)s” was refused: %(reason)s"),
        gettext_lazy("See the record"),
    ),
    NoticeKind.MARKING_WAITING: Wording(
        gettext_lazy("In the marking round “%(round)s” at %(organisation)s, scripts wait for your marks."),
        gettext_lazy("Mark scripts"),
    ),
    NoticeKind.MARKING_DUE: Wording(
        gettext_lazy(
            "The marking round “%(round)s” is due on %(due)s, Beijing time. Scripts that still wait for you: %(open)s."
        ),
        gettext_lazy("Mark scripts"),
    ),
    NoticeKind.MARKING_LEAD: Wording(
        gettext_lazy(
            "Script %(code)s of the marking round “%(round)s” at %(organisation)s needs you: its markers are too far "
            "apart, or nobody is left to mark it."
        ),
        gettext_lazy("See the script"),
    ),
    NoticeKind.EXAM_TOMORROW: Wording(
        gettext_lazy(
            "Tomorrow: the examination “%(exam)s”. The room is open from %(opens)s to %(closes)s, Beijing time. Your "
            "admission number is %(ticket)s."
        ),
        gettext_lazy("See the examination"),
    ),
    NoticeKind.OFFERING_SOON: Wording(
        gettext_lazy("“%(offering)s” of the course “%(course)s” begins on %(day)s."),
        gettext_lazy("See the calendar"),
    ),
    NoticeKind.STUDY_QUIET: Wording(
        gettext_lazy("No study was counted for a week. In the course “%(course)s” you have come to %(percent)s %%."),
        gettext_lazy("Go on studying"),
    ),
    NoticeKind.CLAIM_WAITING: Wording(
        gettext_lazy("%(person)s has handed in the credit claim “%(claim)s”. It waits to be confirmed."),
        gettext_lazy("Look at the claim"),
    ),
    NoticeKind.CLAIM_OVERDUE: Wording(
        gettext_lazy(
            "At %(organisation)s, credit claims wait past the day by which they were to be answered: %(claims)s."
        ),
        gettext_lazy("See what waits"),
    ),
    NoticeKind.CLAIM_RETURNED: Wording(
        gettext_lazy("Your credit claim “%(claim)s” came back to be completed by %(day)s: %(reason)s"),
        gettext_lazy("Complete the claim"),
    ),
    NoticeKind.CLAIM_CONFIRMED: Wording(
        gettext_lazy("The credit claim “%(claim)s” is confirmed. Your share of it: %(points)s points."),
        gettext_lazy("See what was posted"),
    ),
    NoticeKind.CLAIM_REJECTED: Wording(
        gettext_lazy("Your credit claim “%(claim)s” was rejected: %(reason)s You may appeal until %(day)s."),
        gettext_lazy("See the claim"),
    ),
    NoticeKind.SHARE_ASKED: Wording(
        gettext_lazy(
            "%(person)s names you with a share of %(percent)s %% in the credit claim “%(claim)s”. It waits "
            "for your answer."
        ),
        gettext_lazy("Say whether it is so"),
    ),
    NoticeKind.SHARE_ANSWERED: Wording(
        gettext_lazy("%(person)s agreed to the share named in the credit claim “%(claim)s”."),
        gettext_lazy("See the claim"),
    ),
    NoticeKind.CREDIT_APPEAL_WAITING: Wording(
        gettext_lazy("%(person)s appeals about “%(claim)s”. A person decides by %(day)s."),
        gettext_lazy("Look at the appeal"),
    ),
    NoticeKind.CREDIT_APPEAL_DECIDED: Wording(
        gettext_lazy("Your appeal about “%(claim)s” was upheld. The reasons stand on its page."),
        gettext_lazy("Read the decision"),
    ),
    NoticeKind.SAMPLE_WAITING: Wording(
        gettext_lazy("At %(organisation)s, confirmed credit claims were drawn to be looked at again: %(claims)s."),
        gettext_lazy("See what was drawn"),
    ),
    NoticeKind.CREDITS_TAKEN_BACK: Wording(
        gettext_lazy("%(points)s points for “%(claim)s” were taken back: %(reason)s"),
        gettext_lazy("See the statement"),
    ),
    NoticeKind.VIOLATION_WAITING: Wording(
        gettext_lazy("A violation by %(person)s was proposed and waits for a second person."),
        gettext_lazy("Look at the violation"),
    ),
    NoticeKind.VIOLATION_CONFIRMED: Wording(
        gettext_lazy(
            "A violation was confirmed: “%(violation)s”. %(points)s points were deducted. You may appeal until %(day)s."
        ),
        gettext_lazy("Read the reasons"),
    ),
    NoticeKind.CREDITS_GRANTED: Wording(
        gettext_lazy("%(organisation)s granted you %(points)s points: “%(claim)s”."),
        gettext_lazy("See the statement"),
    ),
    NoticeKind.CREDITS_EXPIRING: Wording(
        gettext_lazy("%(points)s of your contribution credits stop counting after %(day)s."),
        gettext_lazy("See what counts until when"),
    ),
    NoticeKind.RENEWAL_DUE: Wording(
        gettext_lazy("Your certificate %(serial)s as %(level)s is valid until %(until)s. Days left: %(days)s."),
        gettext_lazy("See what is missing"),
    ),
    NoticeKind.CERTIFICATE_LAPSED: Wording(
        gettext_lazy("Your certificate %(serial)s as %(level)s has lapsed. It can be reinstated until %(until)s."),
        gettext_lazy("See how to be reinstated"),
    ),
    NoticeKind.RENEWAL_ASKED: Wording(
        gettext_lazy("%(person)s asks for the renewal of certificate %(serial)s as %(level)s."),
        gettext_lazy("Look at the renewal"),
    ),
    NoticeKind.PORTFOLIO_WAITING: Wording(
        gettext_lazy("The portfolio of %(person)s for %(level)s waits for you."),
        gettext_lazy("Look at the portfolio"),
    ),
    NoticeKind.PORTFOLIO_DECIDED: Wording(
        gettext_lazy("Your portfolio for %(level)s is recognised."),
        gettext_lazy("See the portfolio"),
    ),
    NoticeKind.RULES_TRIED: Wording(
        gettext_lazy(
            "The dry run of credit rules %(version)s is finished. People whose balance would change: %(people)s."
        ),
        gettext_lazy("See whose balance would change"),
    ),
    NoticeKind.RULES_PUBLISHED: Wording(
        gettext_lazy("The credit rules %(version)s come into force on %(day)s."),
        gettext_lazy("Read the rules"),
    ),
    NoticeKind.ROSTER_IMPORTED: Wording(
        gettext_lazy(
            "Your roster for %(cohort)s was imported: %(created)s new, %(updated)s updated, %(errors)s left out."
        ),
        gettext_lazy("See the cohort"),
    ),
    NoticeKind.JOB_FAILED: Wording(
        gettext_lazy("The background job “%(task)s” failed for good: %(error)s"),
        gettext_lazy("Go to the desk"),
    ),
}
NOT_PASSED = gettext_lazy("You reached %(points)s points in the examination “%(exam)s”. That is not enough to pass.")

CORRECTED_NOT_PASSED = gettext_lazy(
    "Your result in the examination “%(exam)s” was corrected: %(points)s points, %(before)s before. That is not "
    "enough to pass. Reason given: %(reason)s"
)
SIMULATION_APPEAL_REJECTED = gettext_lazy(
    "Your appeal about “%(scenario)s” was rejected. Your score stays at %(score)s points."
)
APPEAL_REJECTED = gettext_lazy(
    "Your appeal in the examination “%(exam)s” was rejected. Your result stays at %(points)s points."
)
CLAIM_CAPPED = gettext_lazy(
    "The credit claim “%(claim)s” is confirmed. Your share of it: %(points)s points; %(held_back)s "
    "points more were held back, because the cap of its kind for the year is reached."
)
SHARE_DECLINED = gettext_lazy("%(person)s declined the share named in the credit claim “%(claim)s”: %(reason)s")
CREDIT_APPEAL_DISMISSED = gettext_lazy("Your appeal about “%(claim)s” was dismissed. The reasons stand on its page.")
PORTFOLIO_RETURNED = gettext_lazy("Your portfolio for %(level)s came back to be completed: %(reason)s")
PORTFOLIO_REFUSED = gettext_lazy("Your portfolio for %(level)s was not recognised: %(reason)s")


REVOKED_BECAUSE = gettext_lazy(
    "Your certificate %(serial)s as %(level)s was revoked and no longer counts. Reason given: %(reason)s"
)


# Kinds with another sentence where something has another value, and where something was given.
OTHERWISE: dict[NoticeKind, tuple[str, dict[Any, Words]]] = {
    NoticeKind.EXAM_RESULT: ("passed", {False: NOT_PASSED}),
    NoticeKind.EXAM_CORRECTED: ("passed", {False: CORRECTED_NOT_PASSED}),
    NoticeKind.APPEAL_DECIDED: ("upheld", {False: APPEAL_REJECTED}),
    NoticeKind.SIMULATION_APPEAL_DECIDED: ("upheld", {False: SIMULATION_APPEAL_REJECTED}),
    NoticeKind.SHARE_ANSWERED: ("agreed", {False: SHARE_DECLINED}),
    NoticeKind.CREDIT_APPEAL_DECIDED: ("upheld", {False: CREDIT_APPEAL_DISMISSED}),
    NoticeKind.PORTFOLIO_DECIDED: ("outcome", {"returned": PORTFOLIO_RETURNED, "refused": PORTFOLIO_REFUSED}),
}
ONCE_GIVEN: dict[NoticeKind, tuple[str, Words]] = {
    NoticeKind.CERTIFICATE_REVOKED: ("reason", REVOKED_BECAUSE),
    NoticeKind.CLAIM_CONFIRMED: ("held_back", CLAIM_CAPPED),
}


def spoken(context: dict[str, Any]) -> dict[str, Any]:
    """`context` as it is said in the language now active."""
    return {name: _spoken(value) for name, value in context.items()}


def _spoken(value: Any) -> Any:
    match value:
        case {"zh": zh}:
            return (value.get("en") or zh) if get_language() == "en" else zh
        case {"at": moment}:
            there = datetime.fromisoformat(moment).astimezone(BEIJING)
            return dateformat.format(there, MOMENTS["en" if get_language() == "en" else "zh"])
        case {"on": day}:
            return dateformat.format(date.fromisoformat(day), DAYS["en" if get_language() == "en" else "zh"])
    return value


def say(notice: Notice) -> Said:
    """`notice` in the language now active."""
    wording = WORDING[NoticeKind(notice.kind)]
    return Said(
        str(NoticeKind(notice.kind).label), str(_sentence(notice)) % spoken(notice.context), str(wording.action)
    )


def _sentence(notice: Notice) -> Words:
    kind = NoticeKind(notice.kind)
    name, words = ONCE_GIVEN.get(kind, ("", ""))
    if notice.context.get(name):
        return words
    name, otherwise = OTHERWISE.get(kind, ("", {}))
    return otherwise.get(notice.context.get(name), WORDING[kind].sentence)


def page_of(notice: Notice) -> str:
    """Where `notice` leads, in the language now active."""
    return page_in(notice.url, get_language() or "")
