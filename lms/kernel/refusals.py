"""Refusals: a rule said no, in words for the person who asked."""

from typing import Any

from django.utils.encoding import force_str
from django.utils.functional import Promise


class Refusal(Exception):
    """Base of every named refusal. A refusal changes nothing and says what to do next.

    Subclasses live beside the verb that raises them and set `code` (stable, for machines), `message`
    (a translatable whole sentence with named placeholders) and, where 400 is wrong, `status`.
    """

    code = "refused"
    message: str | Promise = ""
    status = 400

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        """The sentence in the language now active."""
        return force_str(self.message) % self.params if self.params else force_str(self.message)


class NotAllowed(Refusal):
    """The person is known, and may not do this."""

    code = "not-allowed"
    status = 403


class NotFound(Refusal):
    """No such thing, or none that this person may see."""

    code = "not-found"
    status = 404


class Conflict(Refusal):
    """Somebody, perhaps the same person in another tab, was faster."""

    code = "conflict"
    status = 409
