"""Where the chains stand now."""

from hashlib import sha256

from django.db.models import QuerySet

from lms.records.models import ChainHead
from lms.records.validators import canonical_json


def heads(book: str) -> QuerySet[ChainHead]:
    """The heads of all chains of `book` that have a line, by owner."""
    return ChainHead.objects.filter(book=book, seq__gt=0).order_by("owner")


def combined_head(book: str) -> str:
    """One hash over all heads of `book`: published, it fixes every line without naming an owner."""
    digest = sha256(canonical_json({"book": book}))
    for owner, seq, head in heads(book).values_list("owner", "seq", "hash").iterator():
        digest.update(canonical_json([owner, seq, head]))
    return digest.hexdigest()
