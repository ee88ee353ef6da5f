"""People as other rooms' statements name them: for use inside a larger query, never one of their own."""

from typing import Any

from django.db.models import CharField, Func, Subquery

from lms.accounts.models import Person

# SQLite keeps a UUID as 32 signs; Python and PostgreSQL spell it with dashes.
_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
_SQLITE = " || '-' || ".join(f"substr(%(expressions)s, {start}, {length})" for start, length in _PARTS)


class _Spelt(Func):
    """A UUID as text, spelt as Python spells it."""

    template = "%(expressions)s::text"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"({_SQLITE})", **context)


def uid_of(person_id: int) -> Subquery:
    """The person's `uid` as text."""
    return Subquery(Person.objects.filter(pk=person_id).annotate(spelt=_Spelt("uid")).values("spelt"))


def user_of(person_id: int) -> Subquery:
    """Number of the person's sign-in; none for a person without one."""
    return Subquery(Person.objects.filter(pk=person_id).values("user_id"))
