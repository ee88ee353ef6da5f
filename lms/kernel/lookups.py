"""Finding rows by what stands in their short fields, letter for letter: names, codes, addresses."""

from collections.abc import Iterable

from django.db.models import Q

MOST_WORDS = 8


def says_all(words: Iterable[str], *fields: str) -> Q:
    """Rows in which each of the words stands somewhere in one of the fields, whatever its case.

    A scan within the scope it is put into; a base has hundreds of rows, not millions.
    """
    found = Q()
    for word in list(words)[:MOST_WORDS]:
        somewhere = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word})
        found &= somewhere
    return found
