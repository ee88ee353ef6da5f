"""Every address, every role, an object of one's own base and one of another base."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

import tests.matrix
from lms.kernel.clock import held_at
from tests.conftest import NOON
from tests.matrix.rows import LOGIN, Answer, Row
from tests.matrix.world import ROLES, Base, World, build_world

# Addresses of the frameworks, guarded and tested by them.
FRAMEWORK = ("wagtail", "wagtailadmin", "wagtaildocs", "wagtailimages", "wagtailusers", "wagtailsnippets")
NOT_OURS = ("cms-admin/", "documents/", "accounts/", "media/")


def _room_modules() -> list[object]:
    names = [info.name for info in pkgutil.iter_modules(tests.matrix.__path__)]
    return [importlib.import_module(f"tests.matrix.{name}") for name in names if name not in ("world", "rows")]


MODULES = _room_modules()
ROWS: list[Row] = [row for module in MODULES for row in getattr(module, "ROWS", [])]


def _walk(patterns: list[URLPattern | URLResolver], prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace]))
            yield from _walk(pattern.url_patterns, route, inner)
        elif pattern.name:
            yield ":".join(filter(None, [namespace, pattern.name])), route


def our_addresses() -> set[str]:
    """Names of all addresses that the rooms themselves declare."""
    return {
        name
        for name, route in _walk(get_resolver().url_patterns)
        if not any(part in route for part in NOT_OURS) and not name.startswith("wagtail")
    }


def test_every_address_has_a_row() -> None:
    assert our_addresses() - {row.name for row in ROWS} == set()


def test_every_row_names_an_address() -> None:
    assert {row.name for row in ROWS} - our_addresses() == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method}-{row.name}")
def test_every_row_lets_somebody_in(row: Row) -> None:
    # 302 sends on after the act; being sent to the sign-in page is written `login`.
    assert any(answer in (200, 201, 302) for answer in row.own.values())


def filled_world() -> World:
    """The world of the matrix with what every room puts into both bases."""
    world = build_world()
    for module in MODULES:
        for base in (world.own, world.other):
            getattr(module, "build", lambda base: None)(base)
    return world


def _answer(world: World, row: Row, role: str, base: Base) -> Answer:
    client = Client()
    user = world.users[role]
    if user is not None:
        client.force_login(user)
    sent = row.data(base) if row.data else {}
    kwargs = {"data": sent, "content_type": "application/json"} if row.as_json else {"data": sent}
    response = getattr(client, row.method)(row.url(base), **kwargs)
    sent_to_login = response.status_code == 302 and "/accounts/login/" in response["Location"]
    return LOGIN if sent_to_login else response.status_code


def _answers(world: World, row: Row, base: Base) -> dict[str, Answer]:
    answers = {}
    for role in ROLES:
        with transaction.atomic():
            answers[role] = _answer(world, row, role, base)
            transaction.set_rollback(True)  # nobody meets what the one before has done
    return answers


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The filled world, built once for all rows; whatever a row does is taken back, and in the end the world too."""
    with django_db_blocker.unblock(), held_at(NOON), translation.override(settings.LANGUAGE_CODE):
        with transaction.atomic():
            yield filled_world()
            transaction.set_rollback(True)
        connection.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method}-{row.name}")
def test_each_cell_answers_as_written(row: Row, world: World, clock) -> None:
    assert _answers(world, row, world.own) == row.own
    if row.foreign is not None:
        assert _answers(world, row, world.other) == row.foreign
