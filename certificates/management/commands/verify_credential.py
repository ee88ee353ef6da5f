"""`verify_credential FILE [--trust DIR] [--at ISO] [--name N]`: is this certificate genuine, and does it count?

With --trust nothing but the files in that folder is asked: no database, no key, no network.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy as _

from certificates.documents.checking import Report, check_credential
from certificates.documents.reading import LARGEST_FILE, DamagedFile, FileTooLarge, read_file
from certificates.documents.trust import read_trust
from certificates.enums import Result
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome, UnreadableInput
from lms.kernel.refusals import Refusal


class FileMissing(UnreadableInput):
    """There is no such file, or it may not be read."""

    code = "file-missing"
    message = _("The file %(name)s cannot be read.")


class NotACertificate(UnreadableInput):
    """Neither PDF nor JSON, or far too large."""

    code = "unreadable"
    message = _("The file %(name)s is neither a certificate PDF nor a credential in JSON.")


class NotAMoment(UnreadableInput):
    """`--at` is no ISO 8601 date or time."""

    code = "not-a-moment"
    message = _("%(text)s is no ISO 8601 date or time.")


def _moment(text: str) -> datetime:
    """A time with its zone; without one, UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAMoment(text=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FileMissing(name=path.name) from error


def _damaged() -> Report:
    words = _("The file is damaged, or holds no credential of ours.")
    return Report().failed("file", str(words), Result.INVALID)


def _offline(content: bytes, path: Path, trust: Path, at: datetime, name: str) -> dict[str, Any]:
    try:
        handed_in = read_file(content)
    except DamagedFile:
        return _damaged().as_json()
    except FileTooLarge:
        raise
    except Refusal as error:
        raise NotACertificate(name=path.name) from error
    return check_credential(handed_in.credential, trust=read_trust(trust), at=at, name=name).as_json()


def _by_record(content: bytes, path: Path, at: datetime, name: str) -> dict[str, Any]:
    from certificates.services.verifying import answer_file, answer_json  # noqa: PLC0415 -- offline needs no tables

    try:
        return answer_json(answer_file(content=content, name=name, now=at))
    except FileTooLarge:
        raise
    except Refusal as error:
        raise NotACertificate(name=path.name) from error


class Command(ContractCommand):
    help = "Verify a certificate PDF or a credential in JSON."
    requires_system_checks: list[str] = []

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--trust", type=Path, help="folder with did.json, status-*.json and registry.json")
        parser.add_argument("--at", default="", help="as of this moment (ISO 8601)")
        parser.add_argument("--name", default="", help="the name that should stand on it")

    def carry_out(self, **options: Any) -> Outcome:
        path, name = options["file"], options["name"]
        at = _moment(options["at"]) if options["at"] else now()
        content = _content(path)
        trust = options["trust"]
        payload = _offline(content, path, trust, at, name) if trust else _by_record(content, path, at, name)
        lines = [f"{'✓' if check['ok'] else '✗'} {check['name']}: {check['detail']}" for check in payload["checks"]]
        return Outcome(payload, [payload["result"], *lines], ok=payload["result"] == Result.VALID)
