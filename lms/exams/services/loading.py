"""Loading a question bank: what is new becomes a version, what is there stays as it was asked."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import VersionState
from lms.exams.models import Question, QuestionBank, QuestionVersion
from lms.exams.models.key import AnswerKey
from lms.exams.services.bank_file import Item, read_bank
from lms.exams.services.fingerprint import fingerprint
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation


class KindChanged(Refusal):
    code = "question-kind-changed"
    message = _("Question “%(ref)s” is of the kind “%(kind)s” and stays so. Give the new one a name of its own.")


def _question(bank: QuestionBank, item: Item) -> Question:
    question, _created = Question.objects.get_or_create(bank=bank, ref=item.ref, defaults={"kind": item.kind})
    if question.kind != item.kind:
        raise KindChanged(ref=item.ref, kind=question.kind)
    return question


def _content_hash(owner: str, item: Item, no: int) -> str:
    content = {"topic": item.topic, "difficulty": item.difficulty, "body": item.body()}
    return fingerprint({"owner": owner, "ref": item.ref, "no": no, **content})


def _version(question: Question, item: Item, owner: str, now: datetime) -> QuestionVersion:
    newest = question.versions.order_by("-no").first()
    if newest and newest.content_hash == _content_hash(owner, item, newest.no):
        return newest
    no = newest.no + 1 if newest else 1
    return QuestionVersion.objects.create(
        question=question,
        no=no,
        topic=item.topic,
        difficulty=item.difficulty,
        body=item.body(),
        content_hash=_content_hash(owner, item, no),
        state=VersionState.PUBLISHED,
        created_at=now,
        published_at=now,
    )


def _key(version: QuestionVersion, item: Item, now: datetime) -> None:
    key = {
        "accepted": item.accepted(),
        "explanation": item.explanation,
        "explanation_en": item.explanation_en,
        "source": item.source,
    }
    content_hash = fingerprint(key)
    newest = AnswerKey.objects.filter(version=version).order_by("-no").first()
    if newest is None or newest.content_hash != content_hash:
        AnswerKey.objects.create(
            version=version,
            no=newest.no + 1 if newest else 1,
            content_hash=content_hash,
            created_at=now,
            **key,
        )


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
    for item in file.questions:
        version = _version(_question(bank, item), item, f"{organisation.code}/{file.code}", now)
        _key(version, item, now)
    return bank
