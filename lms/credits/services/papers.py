"""Printing papers about credits: asked for, made once for the same content, kept, and handed to their owner."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.selectors.people import all_people
from lms.credits.documents.dossier import dossier_payload
from lms.credits.documents.papers import Json, check_paper_letters, code_of, render_paper
from lms.credits.documents.return_paper import return_payload
from lms.credits.documents.statement import statement_payload
from lms.credits.enums import PaperKind, ReturnState
from lms.credits.models import AnnualReturn, CreditPaper
from lms.jobs.services.queue import enqueue
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotFound, Refusal
from lms.records.services.private_files import open_file, store

if TYPE_CHECKING:
    from lms.accounts.models import Person

MAKE = "credits.make-paper"
FILE_KIND = "credit-paper"


class NothingToPrint(Refusal):
    """An empty paper would only raise questions."""

    code = "nothing-to-print"
    message = _("There is nothing to print yet: no credits were posted, or no work confirmed.")


class PaperGone(NotFound):
    """Its file was shredded; the row says that there was one."""

    code = "paper-gone"
    message = _("The file of this paper is no longer kept. Print it again.")


class PrintsOtherwise(Conflict):
    """Its hash was given out; another file under the same code would make the check a lie."""

    code = "paper-prints-otherwise"
    message = _("This paper was issued before and its file erased. Printed today it would differ; ask again tomorrow.")


@dataclass(frozen=True, slots=True)
class Order:
    """Which paper is wanted: of whom, in which language, of which day; of a year or a return where that is meant."""

    person_id: int
    kind: str
    language: str
    on: str
    year: int | None = None
    return_id: int | None = None

    @property
    def key(self) -> str:
        """Names the work, so that it does not wait twice."""
        return f"{self.person_id}:{self.kind}:{self.language}:{self.on}:{self.year or self.return_id or 'all'}"

    def as_payload(self) -> Json:
        """The order in a job's own types."""
        return {
            "person_id": self.person_id,
            "kind": self.kind,
            "language": self.language,
            "on": self.on,
            "year": self.year,
            "return_id": self.return_id,
        }


def order_for(
    *, person: "Person", kind: PaperKind, language: str, now: datetime, year: int | None = None, of: Any = None
) -> Order:
    """The order for a paper as of today in Beijing; `of` is the annual return where one is printed."""
    today = now.astimezone(BEIJING).date().isoformat()
    return Order(person.pk, kind.value, language, today, year, of.pk if of else None)


def content_of(order: Order) -> Json:
    """What the paper will say; an empty one is refused."""
    person, on = all_people().get(pk=order.person_id), date.fromisoformat(order.on)
    if order.kind == PaperKind.STATEMENT:
        payload = statement_payload(person, language=order.language, on=on, year=order.year)
        empty = not payload["lines"]
    elif order.kind == PaperKind.DOSSIER:
        payload = dossier_payload(person, language=order.language, on=on)
        empty = not payload["stages"]
    else:
        returns = AnnualReturn.objects.select_related("person", "organisation")
        annual = returns.filter(person=person, pk=order.return_id or 0, state=ReturnState.SUBMITTED).first()
        empty = annual is None
        payload = return_payload(annual, language=order.language, on=on) if annual else {}
    if empty:
        raise NothingToPrint
    return payload


@transaction.atomic
def ask_for_paper(*, order: Order, owner: str, now: datetime) -> CreditPaper | None:
    """The paper if it was made with this very content before; else a job is written that makes it.

    What cannot be printed, such as a letter that the typeface lacks, is refused here, where somebody reads it.
    """
    payload = content_of(order)
    made = _made(payload)
    if made:
        return made
    check_paper_letters(payload)
    enqueue(task=MAKE, key=order.key, payload=order.as_payload(), owner=owner, now=now)
    return None


def make_paper(
    *, order: Order, now: datetime, finish: Callable[[], AbstractContextManager[None]] = transaction.atomic
) -> CreditPaper:
    """Print the paper and keep it; the same content again answers the paper that is there.

    Drawing takes seconds, so it happens outside any transaction; the row is written in the one that `finish` opens.
    """
    payload = content_of(order)
    made = _made(payload)
    if made:
        with finish():
            return made
    content = render_paper(payload)
    with finish():
        code = code_of(payload)
        file = store(
            name=f"{order.kind}-{code.hex[:8]}.pdf",
            content=content,
            kind=FILE_KIND,
            owner=f"credits.paper:{code.hex}",
            now=now,
        )
        paper, created = CreditPaper.objects.get_or_create(
            uid=code,
            defaults={
                "person_id": order.person_id,
                "kind": order.kind,
                "language": order.language,
                "lines": len(payload["lines"]),
                "head": payload["head"],
                "sha256": file.sha256,
                "file": file,
                "made_at": now,
            },
        )
        if not created and paper.file is None:
            if paper.sha256 != file.sha256:
                raise PrintsOtherwise
            paper.file = file
            paper.save(update_fields=["file"])
    return paper


def pdf_of(paper: CreditPaper) -> bytes:
    """The bytes of a paper, checked against their hash."""
    if paper.file is None:
        raise PaperGone
    return open_file(paper.file)


def _made(payload: Json) -> CreditPaper | None:
    return CreditPaper.objects.filter(uid=code_of(payload), file__isnull=False).select_related("file").first()
