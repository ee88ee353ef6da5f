"""Attempts by chance through the API of an embedded installation, and how long each command took to answer."""

import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from simulations import library
from simulations.engine.chance import u01
from tests.simulations.engine.players import pressed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

MOST_TURNS = 40


@contextmanager
def _installed() -> "Iterator[None]":
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        connection.close()


def answered(code: str, attempts: int) -> list[tuple[float, float]]:
    """Play attempts through the API; gives the milliseconds, waited and worked, of every command carried out."""
    with _installed():
        from django.test import Client

        from tests.factories.accounts import PersonFactory
        from tests.factories.simulations import AttemptFactory, ScenarioVersionFactory

        version = ScenarioVersionFactory(source=library.text_of(code))
        spent: list[tuple[float, float]] = []
        for n in range(attempts):
            person = PersonFactory()
            attempt = AttemptFactory(person=person, version=version, counted=False)
            client = Client(headers={"host": "localhost"})
            client.force_login(person.user)
            spent += _played(client, f"/api/v1/sim/attempts/{attempt.uid}", f"api:{n}")
        return spent


def _played(client: "Client", address: str, seed: str) -> "Iterator[tuple[float, float]]":
    for turn in range(10 * MOST_TURNS):
        seen: dict[str, Any] = client.get(f"{address}/view").json()
        seen = seen.get("view", seen)
        if seen["status"] != "playing":
            return
        command = pressed(seen, partial(u01, seed, "player", turn), last=turn >= MOST_TURNS)
        body = {"request_id": str(uuid4()), "command": command}
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.post(f"{address}/commands", data=body, content_type="application/json")
        if answer.status_code == 200:
            yield 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - busy)
