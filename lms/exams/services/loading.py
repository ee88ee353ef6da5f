"""Loading a question bank: what is new becomes a version, what is there stays as it was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import IN_PREPARATION, VersionState
from lms.exams.models import CaseSet, CaseVersion, Law, LegalBasis, Question, QuestionBank, QuestionVersion
from lms.exams.models.key import AnswerKey
from lms.exams.services.bank_file import BankFile, Basis, Case, Item, read_bank
from lms.exams.services.fingerprint import fingerprint
from lms.kernel.refusals import Refusal
from lms.schemes.selectors.topics import modules_by_topic

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation


class KindChanged(Refusal):
    code = "question-kind-changed"
    message = _("Question “%(ref)s” is of the kind “%(kind)s” and stays so. Give the new one a name of its own.")


class LawUnknown(Refusal):
    code = "law-unknown"
    message = _("Question “%(ref)s” rests on the legal text “%(law)s”, which is not in the list. Enter it there first.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question of a file belongs: its bank, perhaps a case, and the level of the whole file."""

    bank: QuestionBank
    owner: str
    level: str
    case_set: CaseSet | None = None
    case_place: int | None = None


def _tags(item: Item, place: Place) -> dict[str, str]:
    return {"level": item.level or place.level, "topic": item.topic, "competency": item.competency}


def content_hash(owner: str, item: Item, no: int, tags: dict[str, str]) -> str:
    """The hash of a wording: everything a candidate may read, its tags and its legal bases."""
    content = {
        **{name: tag for name, tag in tags.items() if tag},
        "difficulty": item.difficulty,
        "body": item.body(),
        **({"law": [basis.model_dump(mode="json") for basis in item.law]} if item.law else {}),
    }
    return fingerprint({"owner": owner, "ref": item.ref, "no": no, **content})


def _bases(version: QuestionVersion, ref: str, bases: Sequence[Basis], laws: Mapping[str, Law]) -> list[LegalBasis]:
    for basis in bases:
        if basis.law not in laws:
            raise LawUnknown(ref=ref, law=basis.law)
    return [
        LegalBasis(version=version, law=laws[basis.law], article=basis.article, as_of=basis.as_of) for basis in bases
    ]


def keep_bases(version: QuestionVersion, ref: str, bases: Sequence[Basis]) -> None:
    """Write what the version rests on; refused for a legal text that nobody has entered."""
    LegalBasis.objects.bulk_create(_bases(version, ref, bases, {law.code: law for law in Law.objects.all()}))


def _key(version: QuestionVersion, item: Item, newest: AnswerKey | None, now: datetime) -> AnswerKey | None:
    """The key of a question as a new row; none if the newest says the same."""
    key = {
        "accepted": item.accepted(),
        "explanation": item.explanation,
        "explanation_en": item.explanation_en,
        "source": item.source,
    }
    key_hash = fingerprint(key)
    if newest and newest.content_hash == key_hash:
        return None
    no = newest.no + 1 if newest else 1
    return AnswerKey(version=version, no=no, content_hash=key_hash, created_at=now, **key)


def keep_key(version: QuestionVersion, item: Item, now: datetime) -> None:
    """Write the key that marks the version from now on; the one that is there already is left alone."""
    key = _key(version, item, AnswerKey.objects.filter(version=version).order_by("-no").first(), now)
    if key:
        key.save(force_insert=True)


def _case(bank: QuestionBank, owner: str, case: Case, now: datetime) -> CaseSet:
    case_set, _created = CaseSet.objects.get_or_create(bank=bank, ref=case.ref)
    newest = case_set.versions.order_by("-no").first()
    no = newest.no + 1 if newest else 1

    def hashed(number: int) -> str:
        return fingerprint({"owner": owner, "case": case.ref, "no": number, "body": case.body()})

    if newest is None or newest.content_hash != hashed(newest.no):
        CaseVersion.objects.create(case_set=case_set, no=no, body=case.body(), content_hash=hashed(no), created_at=now)
    return case_set


Placed = tuple[Place, Item]


def _places(file: BankFile, bank: QuestionBank, owner: str, now: datetime) -> list[Placed]:
    placed = [(Place(bank, owner, file.level), item) for item in file.questions]
    for case in file.cases:
        case_set = _case(bank, owner, case, now)
        for number, item in enumerate(case.questions, start=1):
            placed.append((Place(bank, owner, file.level, case_set, number), item))
    return placed


def _questions(bank: QuestionBank, placed: Sequence[Placed]) -> dict[str, Question]:
    """Every question of the file by its short name; those that were not there are added."""
    there = {question.ref: question for question in bank.questions.all()}
    for _place, item in placed:
        if item.ref in there and there[item.ref].kind != item.kind:
            raise KindChanged(ref=item.ref, kind=there[item.ref].kind)
    Question.objects.bulk_create(
        Question(bank=bank, ref=item.ref, kind=item.kind, case_set=place.case_set, case_place=place.case_place)
        for place, item in placed
        if item.ref not in there
    )
    return {question.ref: question for question in bank.questions.all()}


def _publish(bank: QuestionBank, placed: Sequence[Placed], now: datetime) -> list[QuestionVersion]:
    """The version of every question that says what the file says; a file is the word of its authors, so what was
    being prepared or was in use of a changed question is retired.
    """
    questions, modules = _questions(bank, placed), modules_by_topic()
    every = QuestionVersion.objects.filter(question__bank=bank).order_by("no")
    newest = {version.question_id: version for version in every}
    versions, new = [], []
    for place, item in placed:
        question, tags = questions[item.ref], _tags(item, place)
        last = newest.get(question.pk)
        if last and last.content_hash == content_hash(place.owner, item, last.no, tags):
            versions.append(last)
            continue
        no = last.no + 1 if last else 1
        version = QuestionVersion(
            question=question,
            no=no,
            difficulty=item.difficulty,
            body=item.body(),
            content_hash=content_hash(place.owner, item, no, tags),
            state=VersionState.PUBLISHED,
            module=modules.get(item.topic, ""),
            created_at=now,
            published_at=now,
            **tags,
        )
        versions.append(version)
        new.append((version, item))
    _retire([version.question_id for version, _item in new], now)
    QuestionVersion.objects.bulk_create(version for version, _item in new)
    laws = {law.code: law for law in Law.objects.all()}
    LegalBasis.objects.bulk_create(
        basis for version, item in new for basis in _bases(version, item.ref, item.law, laws)
    )
    return versions


def _retire(questions: Sequence[int], now: datetime) -> None:
    of_these = QuestionVersion.objects.filter(question__in=questions)
    of_these.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    of_these.filter(state__in=IN_PREPARATION).update(state=VersionState.RETIRED, published_at=now)


@transaction.atomic
def load_bank(path_or_name: str | Path, *, organisation: "Organisation", now: datetime) -> QuestionBank:
    """Bring an organisation's bank to what the file says; loaded twice, nothing changes.

    A changed wording is a new version, a changed key a new key; papers that were drawn keep theirs.
    """
    file = read_bank(path_or_name)
    bank, _created = QuestionBank.objects.get_or_create(
        organisation=organisation,
        code=file.code,
        defaults={"title": file.title, "title_en": file.title_en, "created_at": now},
    )
    placed = _places(file, bank, f"{organisation.code}/{file.code}", now)
    versions = _publish(bank, placed, now)
    newest = {key.version_id: key for key in AnswerKey.objects.filter(version__in=versions).order_by("no")}
    keys = (
        _key(version, item, newest.get(version.pk), now)
        for version, (_place, item) in zip(versions, placed, strict=True)
    )
    AnswerKey.objects.bulk_create(key for key in keys if key)
    return bank
