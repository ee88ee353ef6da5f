"""Management commands of the outside contract: `--json`, and exit 0 done, 1 refused, 2 unreadable."""

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from .refusals import Refusal


class UnreadableInput(Refusal):
    """The file cannot be read at all: missing, wrong encoding, not of the named format."""

    code = "unreadable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say: `payload` for machines, `lines` for people, `ok` for the exit code."""

    payload: Any
    lines: list[str] = field(default_factory=list)
    ok: bool = True


class ContractCommand(BaseCommand):
    """A command that others script against. Subclasses define `add_options` and `carry_out`."""

    requires_migrations_checks = False

    def add_options(self, parser: CommandParser) -> None:
        """Declare the command's own arguments."""

    def carry_out(self, **options: Any) -> Outcome:
        """Do the work with one call into the house; raise a Refusal to exit with 1 or 2."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        self.add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = self.carry_out(**options)
        except Refusal as refusal:
            outcome = Outcome({"code": refusal.code, "detail": str(refusal)}, [str(refusal)], ok=False)
            self._say(outcome, as_json=options["json"])
            sys.exit(2 if isinstance(refusal, UnreadableInput) else 1)
        self._say(outcome, as_json=options["json"])
        if not outcome.ok:
            sys.exit(1)

    def _say(self, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome.payload, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
            return
        for line in outcome.lines:
            self.stdout.write(line)
