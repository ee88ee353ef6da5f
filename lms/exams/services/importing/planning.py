"""What an import would do with each question of a file, said before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import IN_PREPARATION, VersionState
from lms.exams.models import CaseSet, CaseVersion, Law, Question, QuestionBank, QuestionVersion
from lms.exams.services.bank_file import Case, Item
from lms.exams.services.drafting import items_of, token_of
from lms.exams.services.key_shapes import Key

from .faults import field_name
from .gathering import Entry
from .numbers import plain_number
from .parsed import listed, said
from .pictures import Pictures

OTHER_KIND = _("The bank has a question of this name and of another kind. Give the new one a name of its own.")
NO_CASE = _("There is no case “%(case)s” in the file or in the bank.")
OUTSIDE = _("The bank has this question outside the case “%(case)s”.")
NO_LAW = _("The legal text “%(law)s” is not in the list. Enter it there first.")
CASE_IN_USE = _("The text of this case is in use; change it in the bank, where it is read again. It was left as it is.")
NO_FIGURE = _("A picture that it names is not in this bank.")
NEW_VERSION = _("It becomes version %(no)s, a draft; what is asked stays as it is.")
DRAFT_REPLACED = _("The draft that is in preparation gets these words.")
FILLED_IN = _("Not in the file, filled in for now: %(fields)s.")
NO_RUBRIC = _("The file has no rubric: one criterion stands in for it. Write a real one.")
NEEDED = ("topic", "difficulty", "explanation", "source")
KEPT = (*NEEDED, "level", "competency", "law")
EMPTY_CASE = _("No question of the file belongs to this case.")


class Status(StrEnum):
    """What is done with a question of a file."""

    CREATED = "created"
    UPDATED = "updated"
    SAME = "same"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(slots=True)
class Verdict:
    """What is done with an entry, and why."""

    entry: Entry
    status: Status
    reasons: list[str]
    item: Item | None = None
    module: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"ref": self.entry.ref, "status": self.status.value, "reason": " ".join(self.reasons)}


@dataclass(slots=True)
class Plan:
    """A verdict on every entry of a file, in its order."""

    verdicts: list[Verdict]
    pictures: Pictures

    @property
    def counts(self) -> dict[str, int]:
        return {status.value: sum(verdict.status == status for verdict in self.verdicts) for status in Status}

    @property
    def to_write(self) -> int:
        return sum(verdict.status in (Status.CREATED, Status.UPDATED) for verdict in self.verdicts)

    def as_json(self) -> dict[str, Any]:
        rows = [
            {**verdict.as_json(), "place": verdict.entry.place, "words": verdict.entry.words}
            for verdict in self.verdicts
        ]
        return {"schema": 1, "counts": self.counts, "items": rows}


class Standing:
    """What the bank holds of the names in a file; six queries, however many they are."""

    def __init__(self, bank: QuestionBank, entries: Sequence[Entry]) -> None:
        refs = {entry.ref for entry in entries}
        asked = Question.objects.filter(bank=bank, ref__in=refs).select_related("case_set")
        self.questions = {question.ref: question for question in asked}
        found = QuestionVersion.objects.filter(question__in=[question.pk for question in self.questions.values()])
        newest = {version.question.ref: version for version in found.select_related("question").order_by("no")}
        self.versions: dict[str, QuestionVersion] = newest
        self.items = items_of(newest.values())
        self.laws = set(Law.objects.values_list("code", flat=True))
        self.cases = {case_set.ref: case_set for case_set in CaseSet.objects.filter(bank=bank)}
        self.in_use = set(
            Question.objects.filter(case_set__bank=bank, versions__state=VersionState.PUBLISHED).values_list(
                "case_set__ref", flat=True
            )
        )
        texts = CaseVersion.objects.filter(case_set__bank=bank).select_related("case_set").order_by("no")
        self.case_texts = {version.case_set.ref: version for version in texts}


def widest(key: Key) -> str:
    """The tolerance as a number, whichever way the key says it."""
    share = abs(Decimal(key.value or "0")) * Decimal(key.tolerance_percent or "0") / 100
    return plain_number(f"{max(share, Decimal(key.tolerance or '0')):f}") or "0"


def comparable(item: Item) -> str:
    """A question as it counts: numbers in their plain form, without what a file says for its checkers only."""
    key = item.key
    numbers: dict[str, str | None] = {}
    if key.value is not None:
        numbers = {"value": plain_number(key.value) or key.value, "tolerance": widest(key), "tolerance_percent": None}
    plain = key.model_copy(update={**numbers, "model": (key.model or "").strip() or None})
    return token_of(item.model_copy(update={"rests_on": [], "key": plain}))


def case_body(text: dict[str, Any]) -> dict[str, Any]:
    """The body of a case's text, as a loaded one has it."""
    return Case.model_construct(**text, questions=[]).body()


def _wrong(entry: Entry, standing: Standing, cases: set[str]) -> str:
    """What the bank has against a question that is right by itself."""
    item = entry.item
    question = standing.questions.get(entry.ref)
    if item is None:
        return ""
    if question and question.kind != item.kind:
        return said(OTHER_KIND)
    if entry.case and entry.case not in cases | set(standing.cases):
        return said(NO_CASE, case=entry.case)
    if entry.case and question and (question.case_set is None or question.case_set.ref != entry.case):
        return said(OUTSIDE, case=entry.case)
    unknown = next((basis.law for basis in item.law if basis.law not in standing.laws), "")
    return said(NO_LAW, law=unknown) if unknown else ""


def _filled_in(entry: Entry) -> list[str]:
    """What every question needs and the file does not say."""
    names = [name for name in NEEDED if name in entry.unsaid]
    told = [said(FILLED_IN, fields=listed(field_name(name) for name in names))] if names else []
    return [*told, *([said(NO_RUBRIC)] if "rubric" in entry.unsaid else [])]


def _as_the_bank_has_it(item: Item, known: Item, unsaid: set[str]) -> Item:
    """What the file does not say stays as the bank has it."""
    kept = {name: getattr(known, name) for name in KEPT if name in unsaid}
    if "rubric" in unsaid and known.key.rubric:
        model = known.key.model if "model" in unsaid else item.key.model
        kept["key"] = item.key.model_copy(update={"rubric": known.key.rubric, "model": model})
    if "explanation" in kept:
        kept["explanation_en"] = known.explanation_en
    return item.model_copy(update=kept)


def _judge_question(entry: Entry, standing: Standing, cases: set[str], pictures: Pictures) -> Verdict:
    problems = [*([entry.error] if entry.error else []), *entry.flaws.values()]
    if problems:
        return Verdict(entry, Status.ERROR, problems)
    if entry.skipped or entry.item is None:
        return Verdict(entry, Status.SKIPPED, list(dict.fromkeys([entry.skipped, *entry.notes])))
    item = pictures.placed(entry)
    wrong = _wrong(entry, standing, cases) or ("" if pictures.knows(item.figures) else said(NO_FIGURE))
    if wrong:
        return Verdict(entry, Status.ERROR, [wrong])
    newest = standing.versions.get(entry.ref)
    if newest is None:
        return Verdict(entry, Status.CREATED, [*_filled_in(entry), *entry.notes], item, entry.module)
    item = _as_the_bank_has_it(item, standing.items[newest.pk], entry.unsaid)
    if comparable(standing.items[newest.pk]) == comparable(item):
        return Verdict(entry, Status.SAME, entry.notes, item)
    prepared = newest.state in IN_PREPARATION
    told = said(DRAFT_REPLACED) if prepared else said(NEW_VERSION, no=str(newest.no + 1))
    return Verdict(entry, Status.UPDATED, [told, *entry.notes], item, entry.module or newest.module)


def _judge_case(entry: Entry, standing: Standing, used: set[str], pictures: Pictures) -> Verdict:
    problems = [*([entry.error] if entry.error else []), *entry.flaws.values()]
    if problems or entry.case_text is None:
        return Verdict(entry, Status.ERROR, problems)
    entry.case_text["figures"] = pictures.uids(entry, entry.case_text["figures"])
    if not pictures.knows(entry.case_text["figures"]):
        return Verdict(entry, Status.ERROR, [said(NO_FIGURE)])
    newest = standing.case_texts.get(entry.ref)
    if newest and newest.body == case_body(entry.case_text):
        return Verdict(entry, Status.SAME, entry.notes)
    if entry.ref in standing.in_use:
        return Verdict(entry, Status.SKIPPED, [said(CASE_IN_USE), *entry.notes])
    if entry.ref not in used and entry.ref not in standing.cases:
        return Verdict(entry, Status.SKIPPED, [said(EMPTY_CASE), *entry.notes])
    return Verdict(entry, Status.UPDATED if newest else Status.CREATED, entry.notes)


def plan_import(*, bank: QuestionBank, entries: Sequence[Entry]) -> Plan:
    """A verdict on every entry; nothing is written."""
    standing, pictures = Standing(bank, entries), Pictures(bank)
    cases = {entry.ref for entry in entries if entry.case_text and not entry.error and not entry.flaws}
    used = {entry.case for entry in entries if entry.is_right and entry.case}
    verdicts = [
        _judge_case(entry, standing, used, pictures)
        if entry.case_text is not None
        else _judge_question(entry, standing, cases, pictures)
        for entry in entries
    ]
    return Plan(verdicts, pictures)
