"""pytest plugin: `--postgres` runs the suite on a PostgreSQL of its own, started before Django is set up."""

import os
from contextlib import ExitStack

import pytest

from .processes import postgres

_servers = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on a PostgreSQL server of this run's own")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    # Workers of pytest-xdist inherit the address by the environment.
    if "--postgres" in args and "JIQIAO_TEST_DATABASE_URL" not in os.environ:
        os.environ["JIQIAO_TEST_DATABASE_URL"] = _servers.enter_context(postgres())


def pytest_unconfigure(config: pytest.Config) -> None:
    _servers.close()
