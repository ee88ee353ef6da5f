"""People at the door: HTTP as a browser would send it, carried by Django's own client inside this process."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.test import Client, override_settings

from lms.kernel.refusals import Refusal


class WrongAnswer(Refusal):
    """The platform answered something else than the story needs."""

    code = "wrong-answer"
    message = "%(method)s %(path)s answered %(status)s: %(text)s"


@dataclass
class Visitor:
    """One browser with its cookies."""

    email: str = ""
    client: Client = field(default_factory=lambda: Client(headers={"host": "localhost"}, raise_request_exception=False))

    def sign_in(self, password: str) -> "Visitor":
        """Sign in on the page that everybody uses."""
        self.post("/accounts/login/", {"login": self.email, "password": password}, expect=302)
        return self

    def get(self, path: str, *, expect: int = 200) -> HttpResponse:
        """Open a page."""
        return self._checked("GET", path, self.client.get(path), expect)

    def post(self, path: str, data: dict[str, Any] | None = None, *, expect: int = 302) -> HttpResponse:
        """Send a form."""
        return self._checked("POST", path, self.client.post(path, data or {}), expect)

    def api(self, path: str, data: dict[str, Any], *, expect: int = 200) -> dict[str, Any]:
        """Send JSON to the API and read its answer."""
        response = self.client.post(path, data, content_type="application/json")
        return self._checked("POST", path, response, expect).json()

    def read(self, path: str) -> dict[str, Any]:
        """Read JSON from the API."""
        return dict(json.loads(self.get(path).content))

    def _checked(self, method: str, path: str, response: Any, expect: int) -> Any:
        if response.status_code != expect:
            text = response.content.decode(errors="replace")[:400]
            raise WrongAnswer(method=method, path=path, status=response.status_code, text=text)
        return response


@contextmanager
def letterbox() -> Iterator[None]:
    """Keep the mails of the story in this process, so that its people can read them."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield


def letters_to(address: str) -> list[str]:
    """Texts of the mails to this address, oldest first."""
    return [str(letter.body) for letter in mail.outbox if address in letter.to]
