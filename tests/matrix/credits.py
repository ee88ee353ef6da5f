from tests.factories.credits import make_hours, make_points

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    base.things["credits.hours"] = make_hours(person=base.trainee, organisation=base.organisation)
    base.things["credits.points"] = make_points(person=base.trainee, organisation=base.organisation)


ROWS = [
    # Everybody reads their own; there is no address for somebody else's.
    Row("credits:statement", lambda base: "/me/ledger/", cells("login 200 200 200 200 200 200 200 200")),
]
