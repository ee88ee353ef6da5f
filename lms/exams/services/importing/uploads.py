"""A file of questions between its preview and its import: kept, decided once."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionFormat, UploadState
from lms.exams.models import QuestionBank, QuestionUpload
from lms.exams.policies import can_write_questions
from lms.kernel.refusals import Conflict, NotAllowed
from lms.records.services import private_files

from .gathering import Entry
from .planning import Plan
from .reading import read_questions
from .writing import carry_out_import

if TYPE_CHECKING:
    from lms.accounts.models import User


class UploadSettled(Conflict):
    """The file was written or given up before, perhaps in another tab."""

    code = "questions-settled"
    message = _("This file has already been written or given up. Upload it again if it is still needed.")


class MayNotImport(NotAllowed):
    """Questions are brought in by those who write them."""

    code = "may-not-import-questions"
    message = _("Only trainers and managers of the base that keeps this bank may import questions.")


def _require_writer(user: "User", bank: QuestionBank) -> None:
    if not can_write_questions(user, bank.organisation_id):
        raise MayNotImport


@transaction.atomic
def keep_upload(
    *,
    bank: QuestionBank,
    name: str,
    content: bytes,
    file_format: QuestionFormat,
    uploaded_by: "User",
    now: datetime,
) -> QuestionUpload:
    """Keep a readable file until somebody decides; an unreadable one is refused before anything is stored."""
    _require_writer(uploaded_by, bank)
    read_questions(content, file_format)
    owner = f"exams.bank:{bank.pk}"
    file = private_files.store(name=name[-200:], content=content, kind="questions", owner=owner, now=now)
    return QuestionUpload.objects.create(
        bank=bank, file=file, format=file_format, name=name[-200:], uploaded_by=uploaded_by, uploaded_at=now
    )


def content_of(upload: QuestionUpload) -> bytes:
    """The bytes of the kept file."""
    return private_files.open_file(upload.file)


def entries_of(upload: QuestionUpload) -> list[Entry]:
    """The kept file, read again."""
    return read_questions(content_of(upload), QuestionFormat(upload.format))


def _locked(upload: QuestionUpload) -> QuestionUpload:
    locked = QuestionUpload.objects.select_for_update(of=("self",)).select_related("bank", "file").get(pk=upload.pk)
    if locked.state != UploadState.PREVIEWED:
        raise UploadSettled
    return locked


@transaction.atomic
def write_upload(*, upload: QuestionUpload, written_by: "User", now: datetime) -> Plan:
    """Import the kept file; a second press of the button is refused and writes nothing."""
    _require_writer(written_by, upload.bank)
    locked = _locked(upload)
    plan = carry_out_import(bank=locked.bank, entries=entries_of(locked), actor=f"user:{written_by.pk}", now=now)
    locked.state, locked.settled_at, locked.report = UploadState.WRITTEN, now, plan.as_json()
    locked.save(update_fields=["state", "settled_at", "report"])
    return plan


@transaction.atomic
def give_up(*, upload: QuestionUpload, given_up_by: "User", now: datetime) -> QuestionUpload:
    """Decide not to import the file."""
    _require_writer(given_up_by, upload.bank)
    locked = _locked(upload)
    locked.state, locked.settled_at = UploadState.GIVEN_UP, now
    locked.save(update_fields=["state", "settled_at"])
    return locked
