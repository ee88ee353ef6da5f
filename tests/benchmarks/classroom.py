"""An exam with a seat, a paper and a session for everybody, all made before the bell."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.exams.models import Exam, Seat

LINES = [
    {"kind": "single", "count": 20, "points": "2.00"},
    {"kind": "multiple", "count": 6, "points": "3.00"},
    {"kind": "true-false", "count": 4, "points": "1.00"},
    {"kind": "numeric", "count": 4, "points": "4.00"},
    {"kind": "matching", "count": 2, "points": "4.00"},
    {"kind": "fill-in", "count": 2, "points": "4.00"},
    {"kind": "ordering", "count": 2, "points": "3.00"},
]


def _exam(seconds: int) -> "Exam":
    from lms.demo.seeding import seed_demo
    from lms.exams.services.loading import load_bank
    from lms.exams.services.opening import open_exam
    from lms.kernel.clock import now
    from lms.kernel.levels import LevelCode
    from lms.schemes.selectors.current import current_version

    moment = now()
    base = seed_demo(now=moment).base
    return open_exam(
        code="bench",
        organisation=base,
        scheme_version=current_version(moment),
        bank=load_bank("junior", organisation=base, now=moment),
        level=LevelCode.JUNIOR,
        title="负载测试考试",
        title_en="Load test exam",
        opens_at=moment,
        closes_at=moment + timedelta(hours=12),
        minutes=seconds // 60 + 60,
        pass_percent=60,
        lines=LINES,
        now=moment,
    )


def _session(user: "User") -> str:
    """A session as signing in would make it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _two_answers(item: dict[str, Any]) -> tuple[Any, Any]:
    """Two different answers to an item, each in its canonical form."""
    options = item["options"]
    match item["kind"]:
        case "multiple":
            return sorted(options[:2]), sorted(options[:3])
        case "matching":
            left = sorted(options)
            return dict.fromkeys(left, item["choices"][0]), {left[0]: item["choices"][1]}
        case "ordering":
            return options, options[::-1]
        case "fill-in":
            return ["备案"] * item["blanks"], ["登记"] * item["blanks"]
        case "numeric" if item.get("units"):
            unit = next(iter(item["units"]))
            return {"number": "12", "unit": unit}, {"number": "12.5", "unit": unit}
        case "numeric":
            return "12", "12.5"
        case _:
            return options[0], options[1]


def _planned(seat: "Seat", user: "User") -> dict[str, Any]:
    answers = [[item["slot"], *_two_answers(item)] for item in seat.paper.items]
    return {"session": _session(user), "seat": seat.pk, "answers": answers}


def _people(number: int) -> "list[Person]":
    from lms.accounts.services.crowds import register_crowd
    from lms.kernel.clock import now

    named = ((f"exam.{each:05}@jiqiao.example", f"测试考生{each:05}") for each in range(number))
    return register_crowd(people=named, now=now())


def seat_everybody(number: int, seconds: int) -> Iterator[dict[str, Any]]:
    """What each candidate is to do, once seat, paper and session are there."""
    from django.core.management import call_command

    from lms.exams.services.seats import assign_seat
    from lms.kernel.clock import now

    call_command("migrate", verbosity=0, stdout=StringIO())
    exam = _exam(seconds)
    for person in _people(number):
        seat = assign_seat(
            exam=exam,
            person=person,
            organisation=exam.organisation,
            now=now(),
            exception="负载测试",
            expected=number,
        )
        yield _planned(seat, person.user)


def kept_steps() -> dict[str, dict[int, list[Any]]]:
    """Every save in the database: attempt, number, and its question and answer."""
    from lms.exams.models import AttemptStep

    kept: dict[str, dict[int, list[Any]]] = {}
    rows = AttemptStep.objects.filter(attempt__seat__exam__code="bench", kind="save")
    for uid, number, slot, answer in rows.values_list("attempt__uid", "client_seq", "slot", "answer"):
        kept.setdefault(str(uid), {})[number] = [slot, answer]
    return kept


def kept_answers() -> dict[str, dict[int, Any]]:
    """What the steps amount to, as it was marked: attempt, question and answer."""
    from lms.exams.models import AttemptAnswer

    kept: dict[str, dict[int, Any]] = {}
    rows = AttemptAnswer.objects.filter(attempt__seat__exam__code="bench")
    for uid, slot, answer in rows.values_list("attempt__uid", "slot", "answer"):
        kept.setdefault(str(uid), {})[slot] = answer
    return kept


def handed_in() -> dict[str, str]:
    """Receipts of attempts that were handed in and have a result."""
    from lms.exams.models import Attempt

    rows = Attempt.objects.filter(seat__exam__code="bench", state="submitted", results__isnull=False)
    return {str(uid): receipt for uid, receipt in rows.values_list("uid", "receipt")}


def lost(acknowledged: dict[str, dict[str, list[Any]]]) -> list[str]:
    """Acknowledged answers that are not in the history, or are not what the history amounts to."""
    steps, answers = kept_steps(), kept_answers()
    found = []
    for uid, said in acknowledged.items():
        newest: dict[int, Any] = {}
        for number, (slot, answer) in sorted((int(number), saved) for number, saved in said.items()):
            newest[slot] = answer
            if steps.get(uid, {}).get(number) != [slot, answer]:
                found.append(json.dumps([uid, number, slot, answer], ensure_ascii=False))
        wrong = [slot for slot, answer in newest.items() if answers.get(uid, {}).get(slot) != answer]
        found += [json.dumps([uid, "fold", slot, newest[slot]], ensure_ascii=False) for slot in wrong]
    return found
