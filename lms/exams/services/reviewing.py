"""From a draft to what is asked: read by a second person, published by the manager, taken out of use with a reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import IN_PREPARATION, ISSUED_STATES, VersionState
from lms.exams.models import CaseSet, QuestionVersion, VersionEvent
from lms.exams.services.bank_file import NO_EXPLANATION
from lms.exams.services.marking import keys_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services.audit import record


class OwnWords(NotAllowed):
    code = "own-words"
    message = _("You wrote words of this version. Somebody else has to read it before it can be published.")


class WrongState(Conflict):
    code = "version-in-another-state"
    message = _("This version is in the state “%(state)s” by now. Look at it again before you decide.")


class ReasonMissing(Refusal):
    code = "reason-missing"
    message = _("Give a reason. It stays with the version.")


class CaseNotReady(Conflict):
    code = "case-not-ready"
    message = _("The questions of a case are published together. Not reviewed yet: %(refs)s.")


class PartOfCase(Conflict):
    code = "part-of-case"
    message = _("This question is part of the case “%(case)s”. Publish or retire the case as a whole.")


class NotExplained(Refusal):
    code = "question-not-explained"
    message = _("Nobody has written its explanation yet. Send it back, so that the author says why the key is right.")


@transaction.atomic
def review(*, version: QuestionVersion, actor: str, now: datetime) -> QuestionVersion:
    """Stand up for a draft as its second reader; refused to everybody who wrote words of it."""
    held = _held(version, VersionState.DRAFT)
    if actor in hands_of(held):
        raise OwnWords
    if keys_of([held.pk])[held.pk].explanation == NO_EXPLANATION:
        raise NotExplained
    return _move(held, VersionState.REVIEWED, actor=actor, now=now)


@transaction.atomic
def send_back(*, version: QuestionVersion, actor: str, reason: str, now: datetime) -> QuestionVersion:
    """Give a version back to its author, who learns why."""
    held = _held(version, *IN_PREPARATION)
    if actor in hands_of(held):
        raise OwnWords
    return _move(held, VersionState.DRAFT, actor=actor, now=now, reason=_given(reason))


@transaction.atomic
def publish(*, version: QuestionVersion, actor: str, now: datetime) -> QuestionVersion:
    """Let a reviewed version be asked from now on; the one that was asked so far is retired.

    A question of a case goes out by itself only where the case is already asked.
    """
    held = _held(version, VersionState.REVIEWED)
    case_set = held.question.case_set
    if case_set and not held.question.versions.filter(state=VersionState.PUBLISHED).exists():
        raise PartOfCase(case=case_set.ref)
    return _publish(held, actor, now)


@transaction.atomic
def publish_case(*, case_set: CaseSet, actor: str, now: datetime) -> list[QuestionVersion]:
    """Let a whole case be asked: every question of it is reviewed, or published already."""
    prepared = {version.question_id: version for version in _of_case(case_set, *IN_PREPARATION)}
    asked = {version.question_id for version in _of_case(case_set, VersionState.PUBLISHED)}
    waiting = [
        question.ref
        for question in case_set.questions.order_by("case_place")
        if (question.pk in prepared and prepared[question.pk].state != VersionState.REVIEWED)
        or (question.pk not in prepared and question.pk not in asked)
    ]
    if waiting or not (prepared or asked):
        raise CaseNotReady(refs=", ".join(waiting) or case_set.ref)
    return [_publish(version, actor, now) for version in prepared.values()]


@transaction.atomic
def retire(*, version: QuestionVersion, actor: str, reason: str, now: datetime) -> QuestionVersion:
    """Ask a question no more, or give a draft up. Papers that hold it keep it."""
    held = _held(version, VersionState.PUBLISHED, *IN_PREPARATION)
    if held.question.case_set and held.state == VersionState.PUBLISHED:
        raise PartOfCase(case=held.question.case_set.ref)
    return _retire(held, actor, _given(reason), now)


@transaction.atomic
def retire_case(*, case_set: CaseSet, actor: str, reason: str, now: datetime) -> list[QuestionVersion]:
    """Ask no question of a case any more."""
    why = _given(reason)
    return [_retire(version, actor, why, now) for version in _of_case(case_set, VersionState.PUBLISHED)]


def hands_of(version: QuestionVersion) -> set[str]:
    """Everybody who wrote words of this version; a reason marks who sent it back, which is no writing."""
    events = version.events.filter(state=VersionState.DRAFT, reason="")
    return {version.author, *(event.actor for event in events)} - {""}


def _held(version: QuestionVersion, *states: VersionState) -> QuestionVersion:
    """The row as it is now, held until the end of the transaction, if it is in one of the states."""
    held = (
        QuestionVersion.objects.select_for_update(of=("self",))
        .select_related("question__bank__organisation", "question__case_set")
        .get(pk=version.pk)
    )
    if held.state not in states:
        raise WrongState(state=VersionState(held.state).label)
    return held


def _of_case(case_set: CaseSet, *states: VersionState) -> Sequence[QuestionVersion]:
    found = QuestionVersion.objects.select_for_update(of=("self",)).filter(question__case_set=case_set)
    return list(
        found.filter(state__in=states)
        .select_related("question__bank__organisation", "question__case_set")
        .order_by("question__case_place")
    )


def _given(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()


def _publish(version: QuestionVersion, actor: str, now: datetime) -> QuestionVersion:
    for older in version.question.versions.filter(state=VersionState.PUBLISHED):
        _move(older, VersionState.RETIRED, actor=actor, now=now)
    return _move(version, VersionState.PUBLISHED, actor=actor, now=now)


def _retire(version: QuestionVersion, actor: str, reason: str, now: datetime) -> QuestionVersion:
    return _move(version, VersionState.RETIRED, actor=actor, now=now, reason=reason)


def _move(
    version: QuestionVersion, state: VersionState, *, actor: str, now: datetime, reason: str = ""
) -> QuestionVersion:
    changed: dict[str, Any] = {"state": state}
    if state in ISSUED_STATES and version.published_at is None:
        changed["published_at"] = now
    for name, value in changed.items():
        setattr(version, name, value)
    version.save(update_fields=list(changed))
    VersionEvent.objects.create(version=version, state=state, actor=actor, reason=reason, at=now)
    record(
        action=f"exams.question-{state.value}",
        actor=actor,
        subject=f"exams.version:{version.pk}",
        organisation=version.question.bank.organisation.code,
        detail={"ref": version.question.ref, "no": version.no, **({"reason": reason} if reason else {})},
        now=now,
    )
    return version
