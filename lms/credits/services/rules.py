"""The rules that come with the platform."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.reading import hash_of
from lms.credits.models import CreditRules
from lms.credits.selectors.rules import SHIPPED, lay_shipped_rules, shipped_table
from lms.kernel.refusals import Conflict
from lms.records.services import audit


class ShippedRulesChanged(Conflict):
    """A published version never changes, not even by a new release."""

    code = "shipped-rules-changed"
    message = _(
        "Version %(version)s of the credit rules is published with other contents than its file has. Give the changed "
        "file a new version."
    )


@transaction.atomic
def publish_shipped_rules(*, now: datetime) -> list[CreditRules]:
    """Lay down the versions shipped in `lms/credits/data/`; again, it changes nothing. Answers all of them."""
    laid = lay_shipped_rules()
    for rules in laid:
        audit.record(
            action="credits.rules-published",
            actor="system",
            subject=f"credits.rules:{rules.pk}",
            detail={"version": rules.code, "content_hash": rules.content_hash},
            now=now,
        )
    tables = {shipped_table(name).version: shipped_table(name) for name, _day in SHIPPED}
    shipped = list(CreditRules.objects.filter(code__in=tables).order_by("effective_from"))
    for rules in shipped:
        if rules.content_hash != hash_of(tables[rules.code]):
            raise ShippedRulesChanged(version=rules.code)
    return shipped
