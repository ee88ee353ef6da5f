from tests.factories.credit_pools import make_pool

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    base.things["credits.pool"] = make_pool(owner=base.trainee.user)


def _pool(base: Base, rest: str = "") -> str:
    return f"/me/credits/rewards/kept/{base.things['credits.pool'].uid}/{rest}"


EVERYBODY = cells("login 200 200 200 200 200 200 200 200")
# Sums of money are nobody else's business: not a classmate's, not the staff's.
OWNER = cells("login 200 404 404 404 404 404 404 404")
NOBODY = cells("login 404 404 404 404 404 404 404 404")

ROWS = [
    Row("credits:rewards", lambda base: "/me/credits/rewards/", EVERYBODY),
    Row("credits:reward-new", lambda base: "/me/credits/rewards/new/", EVERYBODY),
    Row("credits:reward-rules", lambda base: "/me/credits/rewards/rules/", EVERYBODY),
    Row("credits:reward", _pool, OWNER, NOBODY),
    Row("credits:reward-sheet", lambda base: _pool(base, "sheet.pdf"), OWNER, NOBODY),
]
