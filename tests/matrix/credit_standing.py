from lms.credits.enums import PaperKind
from lms.credits.models import AnnualReturn, CreditPaper
from lms.credits.services.sealing import seal_books
from lms.records.services.private_files import store
from tests.conftest import NOON
from tests.factories.credits import make_points

from .rows import Row, cells
from .world import Base

RETURN = {
    "schema": 1,
    "level": "",
    "consent": True,
    "name": "段文博",
    "post": "",
    "employer": "岚川技术转移中心",
    "events_told": "",
    "cases": "",
    "figures": {
        "registered_amount": "0.00",
        "registered_count": 0,
        "transaction_amount": "0.00",
        "benefit": "0.00",
        "achievements_count": 0,
        "achievements_amount": "0.00",
        "events": 0,
        "demands": 0,
    },
    "contracts": [],
    "achievements": [],
    "claims": [],
    "filled_at": NOON.isoformat(),
}
SELF = "login 200 200 200 200 200 200 200 200"
OWN = "login 200 404 404 404 404 404 404 200"
NOBODY = "login 404 404 404 404 404 404 404 404"
READERS = "login 403 403 403 200 200 200 200 200"


def build(base: Base) -> None:
    line = make_points(person=base.trainee, organisation=base.organisation)
    seal_books(now=NOON)
    rows = {"person": base.trainee, "organisation": base.organisation, "year": 2026, "changed_at": NOON}
    base.things["credits.return"] = AnnualReturn.objects.create(
        **rows, data=RETURN, state="submitted", submitted_at=NOON, revision=2
    )
    owner = f"credits.paper:{base.trainee.uid.hex}"
    file = store(name="statement.pdf", content=owner.encode(), kind="credit-paper", owner=owner, now=NOON)
    base.things["credits.paper"] = CreditPaper.objects.create(
        person=base.trainee,
        kind=PaperKind.STATEMENT,
        language="zh-hans",
        lines=1,
        head=line.hash,
        sha256=file.sha256,
        file=file,
        made_at=NOON,
    )


def _return(base: Base, end: str = "/") -> str:
    return f"/me/credits/returns/{base.things['credits.return'].uid}{end}"


ROWS = [
    # Everybody stands somewhere; there is no address for somebody else's standing.
    Row("credits:standing", lambda base: "/me/credits/", cells(SELF)),
    Row("credits:proof", lambda base: "/me/ledger/proof.json", cells("login 200 404 404 404 404 404 404 404")),
    Row("credits:papers", lambda base: "/me/credits/papers/", cells(SELF)),
    Row(
        "credits:paper",
        lambda base: f"/me/credits/papers/{base.things['credits.paper'].uid}.pdf",
        cells(OWN),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row("credits:returns", lambda base: "/me/credits/returns/", cells(SELF)),
    # A return is written by its owner alone, also where others may read it.
    Row("credits:return", _return, cells("login 200 404 404 404 404 404 404 404"), cells(NOBODY)),
    Row(
        "credits:return-file",
        lambda base: _return(base, ".xlsx"),
        cells("login 200 404 404 200 200 404 200 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    # Who has one organisation is led to its board; the operator belongs to none.
    Row("credits:boards", lambda base: "/me/credits/boards/", cells("login 302 302 302 302 302 302 302 200")),
    Row(
        "credits:board",
        lambda base: f"/me/credits/boards/{base.organisation.code}/",
        cells("login 200 200 200 200 200 404 404 404"),
        cells(NOBODY),
    ),
    Row("credits:desk-returns", lambda base: "/desk/credits/returns/", cells(READERS)),
    Row("credits:desk-returns-file", lambda base: "/desk/credits/returns/all.xlsx", cells(READERS)),
    Row(
        "credits:desk-return",
        lambda base: f"/desk/credits/returns/{base.things['credits.return'].uid}/",
        cells("login 404 404 404 200 200 404 200 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    # Anybody who holds a paper may ask about it; the answer names nobody.
    Row(
        "credits:check",
        lambda base: f"/ledger/check/?c={base.things['credits.paper'].uid.hex}",
        cells("200 200 200 200 200 200 200 200 200"),
        cells("200 200 200 200 200 200 200 200 200"),
    ),
]
