"""Carrying happenings out, each by the verb that real people use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from certificates.services.deciding import approve_decision, prepare_decision, refuse_decision
from certificates.services.issuing import issue
from certificates.services.revoking import revoke
from courses.selectors.progress import enrolments_of
from courses.services.enrolling import enrol_oneself
from courses.services.rehearsing import study_on
from lms.cohorts.selectors.cohorts import current_membership
from lms.exams.enums import QuestionKind
from lms.exams.services.attempts import start, submit
from lms.exams.services.rehearsal import model_answers, rehearse_answers
from lms.exams.services.seats import assign_seat
from lms.kernel.levels import LevelCode
from lms.mailing.services.notices import mark_all_read
from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import level_of
from lms.schemes.selectors.standing import standing
from lms.schemes.services.facts import record_fact
from simulations.engine.chance import u01
from simulations.selectors.attempts import latest_score
from simulations.services.rehearsing import rehearse_attempt

from . import cast

if TYPE_CHECKING:
    from certificates.models import Decision
    from courses.models import Course
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation
    from lms.exams.models import Attempt, Exam

SEED = "jiqiao-demo-deeds"
MOST_PLAYS = 4


@dataclass(frozen=True)
class Scene:
    """What the people of the demonstration act upon."""

    base: "Organisation"
    courses: Mapping[LevelCode, "Course"]
    scenarios: Mapping[LevelCode, Sequence[str]]
    exams: Mapping[str, "Exam"]
    manager: "User"
    certifier: "User"


def mail_of(person: "Person") -> str:
    """The address by which the demonstration knows somebody."""
    return person.user.email if person.user else ""


def record_prior_level(scene: Scene, person: "Person", now: datetime, *, level: LevelCode) -> None:
    """The base took the person in with a certificate of the level below, seen on paper; none is invented here."""
    record_fact(
        person_id=person.pk,
        kind=FactKind.CERTIFICATE,
        ref=level,
        value=Decimal(1),
        source=f"cohorts.roster-demonstration:{person.pk}:{level}",
        occurred_at=now,
        now=now,
    )


def enrol(scene: Scene, person: "Person", now: datetime, *, level: LevelCode) -> None:
    """Take up the course of one's level."""
    enrol_oneself(person=person, course=scene.courses[level], actor=f"user:{person.user_id}", now=now)


def study(scene: Scene, person: "Person", now: datetime, *, minutes: int) -> None:
    """One sitting."""
    study_on(enrolment=enrolments_of(person)[0], minutes=minutes, now=now)


def take_seat(scene: Scene, person: "Person", now: datetime, *, season: str) -> None:
    """Be admitted to an exam."""
    assign_seat(exam=scene.exams[season], person=person, organisation=scene.base, now=now, exception=cast.SEATED_EARLY)


def sit(scene: Scene, person: "Person", now: datetime, *, season: str, lost: int, questions: int | None = None) -> None:
    """Sit an exam and lose about `lost` of a hundred points; after some `questions` only, leave it open."""
    seat = assign_seat(
        exam=scene.exams[season], person=person, organisation=scene.base, now=now, exception=cast.SEATED_EARLY
    )
    attempt = start(seat=seat, now=now)
    answers = sorted(_answers(attempt, mail_of(person), lost).items())
    given = []
    for slot, answer in answers[:questions]:
        now += timedelta(seconds=25 + int(u01(SEED, mail_of(person), "pause", slot) * 45))
        given.append((slot, answer, now))
    rehearse_answers(attempt=attempt, answers=given, actor=f"user:{person.user_id}")
    if questions is None:
        submit(attempt=attempt, now=now + timedelta(minutes=1), actor=f"user:{person.user_id}")


def _answers(attempt: "Attempt", name: str, lost: int) -> dict[int, Any]:
    """The right answers, but wrong ones until the points are lost; never more than was asked to lose."""
    answers = model_answers(attempt=attempt)
    items = {item["slot"]: item for item in attempt.seat.paper.items}
    left = Decimal(lost)
    for slot in sorted(items, key=lambda slot: u01(SEED, name, "wrong", slot)):
        worth = Decimal(items[slot]["points"])
        if worth <= left:
            answers[slot] = wrong_answer(items[slot], answers[slot])
            left -= worth
    return answers


def wrong_answer(item: Mapping[str, Any], right: Any) -> Any:
    """An answer that somebody might give and that is not right."""
    match item["kind"]:
        case QuestionKind.NUMERIC if item.get("units"):
            return {"number": str(Decimal(right["number"]) * 2 + 1), "unit": right["unit"]}
        case QuestionKind.NUMERIC:
            return str(Decimal(right) * 2 + 1)
        case QuestionKind.MULTIPLE:
            return right[:1] if len(right) > 1 else [option for option in item["options"] if option not in right][:1]
        case QuestionKind.FILL_IN:
            return ["记不清了" for _blank in right]
        case QuestionKind.MATCHING:
            return dict(zip(right, [*list(right.values())[1:], next(iter(right.values()))], strict=True))
        case QuestionKind.ORDERING:
            return [*right[1:], right[0]]
        case QuestionKind.ESSAY:
            return None
        case _:
            return next(option for option in item["options"] if option != right)


def play(
    scene: Scene,
    person: "Person",
    now: datetime,
    *,
    level: LevelCode,
    nth: int = 0,
    policies: Sequence[str],
    counted: bool,
    commands: int = 200,
) -> datetime:
    """Play a deal of the level, and again where the last of `policies` does not come through the first time."""
    code = scene.scenarios[level][nth % len(scene.scenarios[level])]
    for number in range(MOST_PLAYS):
        policy = policies[min(number, len(policies) - 1)]
        attempt = rehearse_attempt(
            person=person,
            organisation=scene.base,
            scenario_code=code,
            counted=counted,
            policy=policy,
            seed=f"{SEED}:{mail_of(person)}:{code}:{number}:{counted}",
            now=now,
            commands=commands,
        )
        score = latest_score(attempt)
        if score is None or score.passed or (policy != "expert" and number + 1 >= len(policies)):
            break
        now += timedelta(hours=1)
    return now


def play_enough(scene: Scene, person: "Person", now: datetime, *, level: LevelCode, policies: Sequence[str]) -> None:
    """Come through as many different deals as the rules of one's class ask for."""
    for nth in range(_deals_asked_of(person, level)):
        now = play(scene, person, now, level=level, nth=nth, policies=policies, counted=True) + timedelta(hours=2)


def _deals_asked_of(person: "Person", level: LevelCode) -> int:
    place = current_membership(person.pk)
    if place is None:
        return 1
    root = standing(person_id=person.pk, level=level_of(place.cohort.scheme_version, level)).root
    return sum(int(leaf.required) for leaf in root.leaves() if leaf.fact == FactKind.SIMULATION)


def _decision(scene: Scene, person: "Person", now: datetime) -> "Decision":
    """Prepared, or the one that was prepared before and waits."""
    return prepare_decision(
        person=person, level=LevelCode.JUNIOR, organisation=scene.base, prepared_by=scene.manager, now=now
    )


def prepare(scene: Scene, person: "Person", now: datetime) -> None:
    """The manager freezes the evidence."""
    _decision(scene, person, now)


def approve(scene: Scene, person: "Person", now: datetime) -> None:
    """The certifier agrees."""
    approve_decision(decision=_decision(scene, person, now), approved_by=scene.certifier, now=now)


def refuse(scene: Scene, person: "Person", now: datetime, *, reason: str) -> None:
    """The certifier does not agree."""
    refuse_decision(decision=_decision(scene, person, now), refused_by=scene.certifier, reason=reason, now=now)


def issue_it(scene: Scene, person: "Person", now: datetime) -> None:
    """The certificate gets its serial and its signature."""
    issue(decision=_decision(scene, person, now), issued_by=scene.certifier, now=now)


def revoke_it(scene: Scene, person: "Person", now: datetime, *, reason: str) -> None:
    """The certificate is taken back, for good."""
    held = person.certificates.order_by("-pk").first()
    if held is not None:
        revoke(certificate=held, reason=reason, public_reason=reason, revoked_by=scene.certifier, now=now)


def read_notices(scene: Scene, person: "Person", now: datetime) -> None:
    """Somebody who looks at their desk has read what came before."""
    mark_all_read(user=person.user, until=now, now=now)
