from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome
from lms.schemes.selectors.current import levels_of
from lms.schemes.services.loading import load_scheme


class Command(ContractCommand):
    help = "Load a version of a certification scheme from a data file, or from the one shipped under a name."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="path of a YAML file, or a shipped name such as ttm-2026-1")

    def carry_out(self, **options: Any) -> Outcome:
        version = load_scheme(options["file"], now=now())
        payload = {
            "scheme": version.scheme.code,
            "number": version.number,
            "state": version.state,
            "content_hash": version.content_hash,
            "levels": [level.code for level in levels_of(version)],
        }
        words = {"scheme": version.scheme.code, "number": version.number}
        return Outcome(payload, [_("Scheme %(scheme)s stands in version %(number)s.") % words])
