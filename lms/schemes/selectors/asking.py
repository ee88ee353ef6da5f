"""What a rule asks for, in words."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.schemes.enums import FactKind, NodeKind


def asks(kind: NodeKind, fact: FactKind | None, required: Decimal, bar: Decimal | None) -> str:
    """The figure of a rule as a sentence would carry it; nothing for a group of which every part is asked."""
    if kind == NodeKind.ALL_OF:
        return ""
    if kind == NodeKind.ANY_OF:
        return _("%(count)s of the following") % {"count": int(required)}
    words = {"figure": plain(required), "bar": plain(bar or Decimal(0))}
    match fact:
        case FactKind.CLASS_HOURS:
            return _("%(figure)s or more class hours") % words
        case FactKind.EXAM:
            return _("%(figure)s of 100 or more") % words
        case FactKind.SIMULATION:
            return (
                ngettext(
                    "one, with %(bar)s of 100 or more",
                    "%(figure)s different ones, each with %(bar)s of 100 or more",
                    int(required),
                )
                % words
            )
        case FactKind.CONTRIBUTION:
            return _("%(figure)s contribution credits or more") % words
        case FactKind.PRACTICE:
            return ngettext("%(figure)s confirmed record", "%(figure)s confirmed records", int(required)) % words
        case FactKind.COURSE:
            return _("studied to the end")
        case _:
            return _("required")


def narrowed(node: dict[str, Any]) -> list[str]:
    """What narrows the figure of a rule: its window, and the share that must come from practice."""
    said = []
    within, share = node.get("within"), node.get("share_of_practice_at_least")
    if within == "cycle":
        said.append(_("counted within the cycle of the certificate"))
    elif within:
        years = int(within["years"])
        said.append(
            ngettext("counted within %(years)s year", "counted within %(years)s years", years) % {"years": years}
        )
    if share:
        said.append(_("at least %(percent)s %% of them from practice") % {"percent": share})
    return said


def plain(value: Decimal) -> str:
    """A figure as people write it: 60, 72.5, 1.25."""
    return f"{value.normalize():f}"
