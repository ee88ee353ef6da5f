"""`python -m tests.servers` makes the templates of both engines at once where one is not kept: each takes a core."""

import os
import subprocess
import sys

import django

from .processes import postgres

MAKE = """
import django
django.setup()
from tests.servers.templates import database_template
template = database_template("making")
template.prepare()
template.drop()
"""


def _all_kept() -> bool:
    django.setup()
    from .templates import dump_file, sqlite_file

    return sqlite_file().exists() and dump_file().exists()


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings.test"
    if _all_kept():
        return
    with postgres() as url:
        makers = [
            subprocess.Popen([sys.executable, "-c", MAKE], env={**os.environ, **engine})
            for engine in ({}, {"JIQIAO_TEST_DATABASE_URL": url})
        ]
        ended = [maker.wait() for maker in makers]
    sys.exit(max(ended))


if __name__ == "__main__":
    main()
