"""Where to go on studying, in one question."""

from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, CharField, Q

from courses.enums import ItemState

from .outlines import Item, items_of
from .progress import enrolments_of

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    from lms.accounts.models import Person


class Listed(Aggregate):
    """Item identifiers of a group with commas between them; an identifier never holds one."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper", **extra: Any) -> Any:
        listed = self.copy()
        listed.template = "STRING_AGG(%(expressions)s, ',')"
        return listed.as_sql(compiler, connection, **extra)


def latest_enrolment(person: "Person") -> Any:
    """The enrolment studied last, with outline, counters and `complete_uids`, or None (one query)."""
    complete = Listed("items__item_uid", filter=Q(items__state=ItemState.COMPLETE))
    return enrolments_of(person).annotate(complete_uids=complete).first()


def item_to_go_on_with(enrolment: Any) -> Item | None:
    """The item read last if it is not complete, else the first that is not; None when all are. Asks nothing.

    `enrolment` comes from `latest_enrolment`.
    """
    complete = set((enrolment.complete_uids or "").split(","))
    missing = [item for item in items_of(enrolment.course_version) if item.uid not in complete]
    last = enrolment.progress.last_item_uid
    return next((item for item in missing if item.uid == last), missing[0] if missing else None)
