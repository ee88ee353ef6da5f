"""`python -m tests.servers` makes the templates of both engines at once where they are not kept: each takes a core."""

import os
import subprocess
import sys

from .processes import postgres

MAKE = """
import django
django.setup()
from tests.servers.templates import database_template
template = database_template("making")
template.prepare()
template.drop()
"""


def main() -> None:
    with postgres() as url:
        settings = {"DJANGO_SETTINGS_MODULE": "lms.settings.test"}
        makers = [
            subprocess.Popen([sys.executable, "-c", MAKE], env={**os.environ, **settings, **engine})
            for engine in ({}, {"JIQIAO_TEST_DATABASE_URL": url})
        ]
        ended = [maker.wait() for maker in makers]
    sys.exit(max(ended))


if __name__ == "__main__":
    main()
