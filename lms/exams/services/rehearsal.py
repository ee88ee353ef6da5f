"""Right answers and whole sittings for rehearsals: a demonstration that sits an exam must be able to pass it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind, StepKind
from lms.exams.models import Attempt, AttemptStep
from lms.exams.services.marking import keys_of
from lms.exams.validators import clean_answer
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed


class OnlyInDemonstrations(NotAllowed):
    code = "only-in-demonstrations"
    message = _("Model answers are given in demonstrations only.")


def _answer(item: dict[str, Any], accepted: dict[str, Any]) -> Any:
    match item["kind"]:
        case QuestionKind.MULTIPLE:
            return sorted(accepted["options"])
        case QuestionKind.NUMERIC if item.get("units"):
            return {"number": accepted["value"], "unit": next(iter(item["units"]))}
        case QuestionKind.NUMERIC:
            return accepted["value"]
        case QuestionKind.FILL_IN:
            return [ways[0] for ways in accepted["blanks"]]
        case QuestionKind.MATCHING:
            return dict(sorted(accepted["pairs"].items()))
        case QuestionKind.ORDERING:
            return accepted["order"]
        case QuestionKind.ESSAY:
            return accepted.get("model", "")
        case _:
            return accepted["option"]


def model_answers(*, attempt: Attempt) -> dict[int, Any]:
    """The right answer for each slot of the attempt's paper; refused outside a demonstration."""
    if not is_demo():
        raise OnlyInDemonstrations
    items = attempt.seat.paper.items
    keys = keys_of(item["version"] for item in items)
    return {item["slot"]: _answer(item, keys[item["version"]].accepted) for item in items}


def rehearse_answers(*, attempt: Attempt, answers: Iterable[tuple[int, Any, datetime]], actor: str) -> None:
    """Give slots their answers, each at its moment, in one go; refused outside a demonstration.

    The same steps as a browser sends, in an attempt that nothing was saved in yet.
    """
    if not is_demo():
        raise OnlyInDemonstrations
    items = {item["slot"]: item for item in attempt.seat.paper.items}
    AttemptStep.objects.bulk_create(
        AttemptStep(
            attempt=attempt,
            seq=number,
            client_seq=number,
            kind=StepKind.SAVE,
            slot=slot,
            answer=clean_answer(items[slot], answer),
            at=at,
            actor=actor,
        )
        for number, (slot, answer, at) in enumerate(answers, start=1)
    )
