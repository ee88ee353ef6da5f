"""Files that are never served by address; their rows know hash and size."""

from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal
from lms.records.models import PrivateFile


class FileDamaged(Refusal):
    """The stored bytes are gone, or no longer those that were stored."""

    code = "file-damaged"
    message = _("The file “%(name)s” is damaged or missing. Please report this to the operator.")
    status = 500


def _write(kind: str, owner: str, digest: str, content: bytes) -> str:
    """Put the bytes where their own hash says, so that a repeated job writes no second file."""
    storage = storages["private"]
    place = sha256(f"{owner}\n{digest}".encode()).hexdigest()
    path = f"{kind}/{place[:2]}/{place}"
    if storage.exists(path):
        with storage.open(path) as kept:
            if sha256(kept.read()).hexdigest() == digest:
                return path
        storage.delete(path)  # half-written by a process that died
    return storage.save(path, ContentFile(content))


@transaction.atomic
def store(*, name: str, content: bytes, kind: str, owner: str, now: datetime) -> PrivateFile:
    """Keep `content` for `owner`; the same content again answers the row that is there.

    The bytes are on disk before the row is committed, so no row ever points at nothing. After a rollback
    they lie unnamed until the same job writes them again.
    """
    digest = sha256(content).hexdigest()
    kept = PrivateFile.objects.filter(kind=kind, owner=owner, sha256=digest).first()
    path = _write(kind, owner, digest, content)
    if kept:
        return kept
    file, _created = PrivateFile.objects.get_or_create(
        kind=kind,
        owner=owner,
        sha256=digest,
        defaults={"name": name, "path": path, "size": len(content), "stored_at": now},
    )
    return file


def open_file(file: PrivateFile) -> bytes:
    """The content, checked against its hash."""
    try:
        with storages["private"].open(file.path) as kept:
            content: bytes = kept.read()
    except FileNotFoundError as missing:
        raise FileDamaged(name=file.name) from missing
    if sha256(content).hexdigest() != file.sha256:
        raise FileDamaged(name=file.name)
    return content


@transaction.atomic
def shred(file: PrivateFile) -> None:
    """Forget the file: its row now, its bytes once that is committed. Rows that named it keep their place, empty."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: storages["private"].delete(path))
