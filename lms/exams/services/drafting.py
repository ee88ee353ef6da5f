"""Writing questions: drafts that may be changed, and new drafts of what is already asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import IN_PREPARATION, QuestionKind, VersionState
from lms.exams.models import (
    CaseSet,
    LegalBasis,
    Question,
    QuestionBank,
    QuestionFigure,
    QuestionVersion,
    VersionEvent,
)
from lms.exams.selectors.laws import newest_days
from lms.exams.services.bank_file import Item
from lms.exams.services.fingerprint import fingerprint
from lms.exams.services.loading import KindChanged, content_hash, keep_bases, keep_key
from lms.exams.services.marking import keys_of
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services.audit import record

Outcome = Literal["created", "updated", "same"]
TAGS = ("level", "topic", "competency")
LISTS = ("options", "choices", "units")
WORDS = ("stem", "stem_en", "unit", "unit_en", "limit", "figures")


class RefTaken(Conflict):
    code = "question-ref-taken"
    message = _("The bank already has a question with the short name “%(ref)s”. Choose another one.")


class DraftChanged(Conflict):
    code = "draft-changed"
    message = _(
        "Somebody saved this draft after you opened it, perhaps you in another window. Nothing was overwritten."
    )


class NotADraft(Conflict):
    code = "not-a-draft"
    message = _("Version %(no)s is no draft any more. Its wording stands; begin a new version to change it.")


class InPreparation(Conflict):
    code = "version-in-preparation"
    message = _("Version %(no)s of this question is already in preparation. Go on with that one.")


class FigureUnknown(Refusal):
    code = "figure-unknown"
    message = _("Question “%(ref)s” shows a picture that is not in this bank. Upload it there first.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A version in preparation, and what was done to have it."""

    version: QuestionVersion
    outcome: Outcome


def items_of(versions: Iterable[QuestionVersion]) -> dict[int, Item]:
    """Questions with their keys as their authors wrote them, by version; three queries however many."""
    found = {version.pk: version for version in versions}
    keys = keys_of(found)
    bases = LegalBasis.objects.filter(version__in=found).select_related("law")
    laws: dict[int, list[dict[str, Any]]] = {}
    for basis in bases.order_by("pk"):
        row = {"law": basis.law.code, "article": basis.article, "as_of": basis.as_of}
        laws.setdefault(basis.version_id, []).append(row)
    return {pk: _item(version, keys[pk], laws.get(pk, [])) for pk, version in found.items()}


def item_of(version: QuestionVersion) -> Item:
    """One question with its key, as its authors wrote it. For staff only."""
    return items_of([version])[version.pk]


def _item(version: QuestionVersion, key: Any, law: list[dict[str, Any]]) -> Item:
    body = version.body
    return Item.model_validate(
        {
            "ref": version.question.ref,
            "kind": version.question.kind,
            "difficulty": version.difficulty,
            **{name: getattr(version, name) for name in TAGS},
            **{name: body[name] for name in (*WORDS, *LISTS) if name in body},
            "law": law,
            "key": key.accepted,
            **{name: getattr(key, name) for name in ("explanation", "explanation_en", "source")},
        }
    )


def token_of(item: Item) -> str:
    """What a form that was opened on this wording and key brings back; another token, another wording."""
    return fingerprint(item.model_dump(mode="json"))


@transaction.atomic
def keep_draft(
    *,
    bank: QuestionBank,
    item: Item,
    actor: str,
    now: datetime,
    module: str = "",
    case_set: CaseSet | None = None,
    case_place: int | None = None,
) -> Kept:
    """Bring a question's version in preparation to what the item says: a first draft, or the next one.

    The same content as the newest version changes nothing. A version that was already reviewed goes back to
    draft with its new words, because nobody has read those.
    """
    place = {"case_set": case_set, "case_place": case_place}
    question, is_new = Question.objects.get_or_create(
        bank=bank, ref=item.ref, defaults={"kind": item.kind, **(place if case_set else {})}
    )
    if question.kind != item.kind:
        raise KindChanged(ref=item.ref, kind=QuestionKind(question.kind).label)
    newest = None if is_new else _newest(question)
    if newest and token_of(_comparable(item_of(newest))) == token_of(_comparable(item)):
        return Kept(newest, "same")
    if newest and newest.state in IN_PREPARATION:
        return Kept(_rewrite(newest, item, actor=actor, now=now, module=module), "updated")
    version = _draft(question, item, no=newest.no + 1 if newest else 1, actor=actor, now=now, module=module)
    return Kept(version, "updated" if newest else "created")


def _newest(question: Question) -> QuestionVersion | None:
    """The newest version, while nobody else can begin another one."""
    Question.objects.select_for_update().get(pk=question.pk)
    return question.versions.select_related("question__bank__organisation").order_by("-no").first()


def _comparable(item: Item) -> Item:
    """Without what a file says for its checkers only."""
    return item.model_copy(update={"rests_on": []})


@transaction.atomic
def create_question(
    *, bank: QuestionBank, item: Item, actor: str, now: datetime, module: str = "", case_set: CaseSet | None = None
) -> QuestionVersion:
    """Write a new question; in a case set it takes the next place."""
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    if bank.questions.filter(ref=item.ref).exists():
        raise RefTaken(ref=item.ref)
    last = case_set.questions.order_by("-case_place").first() if case_set else None
    place = ((last.case_place if last else 0) or 0) + 1
    kept = keep_draft(
        bank=bank,
        item=item,
        actor=actor,
        now=now,
        module=module,
        case_set=case_set,
        case_place=place if case_set else None,
    )
    return kept.version


@transaction.atomic
def change_draft(
    *, version: QuestionVersion, item: Item, seen: str, actor: str, now: datetime, module: str = ""
) -> QuestionVersion:
    """Put other words into a draft, if it is still the one that was `seen` (a `token_of`)."""
    held = _held(version)
    if held.state != VersionState.DRAFT:
        raise NotADraft(no=held.no)
    if token_of(item_of(held)) != seen:
        raise DraftChanged
    return _rewrite(held, item, actor=actor, now=now, module=module)


@transaction.atomic
def begin_version(*, question: Question, actor: str, now: datetime, newest_laws: bool = False) -> QuestionVersion:
    """Copy the newest wording into a draft, to be changed; with `newest_laws` it rests on the wordings now in force."""
    newest = _newest(question)
    if newest is None or newest.state in IN_PREPARATION:
        raise InPreparation(no=newest.no if newest else 1)
    item = item_of(newest)
    if newest_laws:
        item = item.model_copy(update={"law": _on_newest(newest, item, now)})
    return _draft(question, item, no=newest.no + 1, actor=actor, now=now, module=newest.module)


def _held(version: QuestionVersion) -> QuestionVersion:
    """The row as it is now, held until the end of the transaction."""
    rows = QuestionVersion.objects.select_for_update(of=("self",)).select_related("question__bank__organisation")
    return rows.get(pk=version.pk)


def _on_newest(version: QuestionVersion, item: Item, now: datetime) -> list[Any]:
    days = newest_days(now, codes=[basis.law for basis in item.law])
    return [basis.model_copy(update={"as_of": days.get(basis.law, basis.as_of)}) for basis in item.law]


def _draft(question: Question, item: Item, *, no: int, actor: str, now: datetime, module: str) -> QuestionVersion:
    version = QuestionVersion(question=question, no=no, author=actor, created_at=now, state=VersionState.DRAFT)
    _fill(version, item, module)
    version.save(force_insert=True)
    keep_bases(version, item.ref, item.law)
    keep_key(version, item, now)
    VersionEvent.objects.create(version=version, state=VersionState.DRAFT, actor=actor, at=now)
    _note("exams.question-drafted", f"exams.version:{version.pk}", actor, question.bank, now, ref=item.ref, no=no)
    return version


def _rewrite(version: QuestionVersion, item: Item, *, actor: str, now: datetime, module: str) -> QuestionVersion:
    """New words for a version in preparation; each pair of hands is remembered, for none of them may review it."""
    if version.state != VersionState.DRAFT:
        version.state = VersionState.DRAFT
        version.save(update_fields=["state"])
    _fill(version, item, module or version.module)
    version.save()
    version.legal_bases.all().delete()
    keep_bases(version, item.ref, item.law)
    keep_key(version, item, now)
    last = version.events.order_by("pk").last()
    if last is None or (last.state, last.actor, last.reason) != (VersionState.DRAFT, actor, ""):
        VersionEvent.objects.create(version=version, state=VersionState.DRAFT, actor=actor, at=now)
    return version


def _fill(version: QuestionVersion, item: Item, module: str) -> None:
    bank = version.question.bank
    known = {str(uid) for uid in QuestionFigure.objects.filter(bank=bank).values_list("uid", flat=True)}
    if not set(item.figures) <= known:
        raise FigureUnknown(ref=item.ref)
    tags = {name: getattr(item, name) for name in TAGS}
    for name, value in {**tags, "module": module, "difficulty": item.difficulty, "body": item.body()}.items():
        setattr(version, name, value)
    version.content_hash = content_hash(f"{bank.organisation.code}/{bank.code}", item, version.no, tags)


def _note(action: str, subject: str, actor: str, bank: QuestionBank, now: datetime, **detail: Any) -> None:
    record(action=action, actor=actor, subject=subject, organisation=bank.organisation.code, detail=detail, now=now)
