"""`python -m tests.patterns [address:port]` serves the pattern library, by itself at http://127.0.0.1:8009/patterns/."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.patterns.settings"
execute_from_command_line([sys.argv[0], "runserver", *(sys.argv[1:] or ["127.0.0.1:8009"])])
