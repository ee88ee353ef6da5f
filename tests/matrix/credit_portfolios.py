from tests.factories.portfolios import hand_in, make_portfolio

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    base.things["credits.portfolio"] = hand_in(make_portfolio(base.organisation, base.trainee))


def _mine(base: Base) -> str:
    return f"/me/credits/portfolio/{base.things['credits.portfolio'].uid}/"


def _review(base: Base) -> str:
    return f"/desk/credits/portfolio/{base.things['credits.portfolio'].uid}/"


EVERYBODY = cells("login 200 200 200 200 200 200 200 200")
READERS = cells("login 403 403 403 200 200 200 200 200")
OWNER = cells("login 200 404 404 404 404 404 404 404")
NOBODY = cells("login 404 404 404 404 404 404 404 404")
# A person who may see their own portfolio still has no seat at the desk.
DESK = cells("login 403 404 404 200 200 404 200 200")
SUPER = cells("login 404 404 404 404 404 404 404 200")

ROWS = [
    Row("credits:portfolios", lambda base: "/me/credits/portfolios/", EVERYBODY),
    Row("credits:portfolio-new", lambda base: "/me/credits/portfolios/new/", EVERYBODY),
    Row("credits:portfolio", _mine, OWNER, NOBODY),
    Row("credits:portfolio-desk", lambda base: "/desk/credits/portfolios/", READERS),
    Row("credits:portfolio-review", _review, DESK, SUPER),
]
