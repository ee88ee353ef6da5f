"""A roster file between its preview and its import: kept enciphered, written once."""

from base64 import b64decode, b64encode
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import UploadState
from lms.cohorts.models import Cohort, RosterUpload
from lms.kernel.refusals import Conflict
from lms.records.services import encryption, private_files

from .importing import carry_out_import, require_importer
from .planning import Plan
from .reading import read_roster
from .sheet import Sheet

if TYPE_CHECKING:
    from lms.accounts.models import User

PURPOSE = "roster"


class UploadSettled(Conflict):
    """The file was written or given up before, perhaps in another tab."""

    code = "upload-settled"
    message = _("This file has already been written or given up. Upload it again if it is still needed.")


@transaction.atomic
def keep_upload(*, cohort: Cohort, name: str, content: bytes, uploaded_by: "User", now: datetime) -> RosterUpload:
    """Keep a readable file until somebody decides; an unreadable one is refused before anything is stored."""
    require_importer(uploaded_by, cohort)
    read_roster(content)
    blob = encryption.encrypt(b64encode(content).decode("ascii"), purpose=PURPOSE)
    file = private_files.store(
        name=name[-200:], content=blob, kind="roster", owner=f"cohorts.cohort:{cohort.pk}", now=now
    )
    return RosterUpload.objects.create(
        cohort=cohort, file=file, name=name[-200:], uploaded_by=uploaded_by, uploaded_at=now
    )


def sheet_of(upload: RosterUpload) -> Sheet:
    """The kept file, read again."""
    text = encryption.decrypt(private_files.open_file(upload.file), purpose=PURPOSE)
    return read_roster(b64decode(text))


def _locked(upload: RosterUpload) -> RosterUpload:
    locked = RosterUpload.objects.select_for_update(of=("self",)).select_related("cohort", "file").get(pk=upload.pk)
    if locked.state != UploadState.PREVIEWED:
        raise UploadSettled
    return locked


@transaction.atomic
def write_upload(*, upload: RosterUpload, written_by: "User", now: datetime) -> Plan:
    """Import the kept file; a second press of the button is refused and writes nothing."""
    locked = _locked(upload)
    plan = carry_out_import(cohort=locked.cohort, sheet=sheet_of(locked), imported_by=written_by, now=now)
    locked.state, locked.settled_at, locked.report = UploadState.WRITTEN, now, plan.as_json()
    locked.save(update_fields=["state", "settled_at", "report"])
    return plan


@transaction.atomic
def give_up(*, upload: RosterUpload, given_up_by: "User", now: datetime) -> RosterUpload:
    """Decide not to import the file."""
    require_importer(given_up_by, upload.cohort)
    locked = _locked(upload)
    locked.state, locked.settled_at = UploadState.GIVEN_UP, now
    locked.save(update_fields=["state", "settled_at"])
    return locked
