"""Why not yet: one whole sentence for every node, with its figures."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lms.schemes.enums import FactKind, NodeKind

if TYPE_CHECKING:
    from .reading import NodeStanding

ZERO = Decimal(0)


def _two_places(figure: Decimal) -> str:
    return f"{figure:.2f}"


def _plain(figure: Decimal) -> str:
    """A percentage or score as people write it: 60, 72.5."""
    return f"{figure.normalize():f}"


def _class_hours(node: "NodeStanding") -> str:
    words = {
        "missing": _two_places(node.missing),
        "reached": _two_places(node.reached),
        "required": _two_places(node.required),
    }
    if node.met:
        return _("%(reached)s class hours are posted; %(required)s are required.") % words
    return _("%(missing)s class hours are missing: %(required)s are required, %(reached)s are posted.") % words


def _contribution(node: "NodeStanding") -> str:
    words = {
        "missing": _two_places(node.missing),
        "reached": _two_places(node.reached),
        "required": _two_places(node.required),
    }
    if node.share is not None:
        return _shared_contribution(node, words)
    if node.met:
        return _("%(reached)s contribution credits are posted; %(required)s are required.") % words
    return _("%(missing)s contribution credits are missing: %(required)s are required, %(reached)s are posted.") % words


def _shared_contribution(node: "NodeStanding", words: dict[str, str]) -> str:
    """Of credits with a share of practice not all that are posted need count."""
    if node.met:
        return _("%(reached)s contribution credits count; %(required)s are required.") % words
    words["posted"] = _two_places(node.share.posted if node.share else ZERO)
    return (
        _(
            "%(missing)s contribution credits are missing: %(required)s are required, and of %(posted)s posted "
            "%(reached)s count."
        )
        % words
    )


def _exam(node: "NodeStanding") -> str:
    words = {
        "missing": _plain(node.missing),
        "reached": _plain(node.reached),
        "required": _plain(node.required),
    }
    if node.met:
        return _("The exam is passed with %(reached)s of 100; %(required)s are required.") % words
    if not node.reached:
        return _("There is no exam result yet; %(required)s of 100 are required.") % words
    return (
        _(
            "%(missing)s more marks are needed in the exam: the best result is %(reached)s of 100, "
            "%(required)s are required."
        )
        % words
    )


def _simulation(node: "NodeStanding") -> str:
    words = {
        "missing": int(node.missing),
        "reached": int(node.reached),
        "required": int(node.required),
        "bar": _plain(node.bar or Decimal(0)),
    }
    if node.met:
        text = ngettext(
            "%(reached)s deal simulation is passed with at least %(bar)s of 100; %(required)s required.",
            "%(reached)s deal simulations are passed with at least %(bar)s of 100; %(required)s required.",
            int(node.reached),
        )
    else:
        text = ngettext(
            "%(missing)s deal simulation is missing: %(required)s with at least %(bar)s of 100 required, "
            "%(reached)s passed.",
            "%(missing)s deal simulations are missing: %(required)s with at least %(bar)s of 100 required, "
            "%(reached)s passed.",
            int(node.missing),
        )
    return text % words


def _certificate(node: "NodeStanding") -> str:
    if node.met:
        return _("The certificate that this level builds on is held.")
    return _("The certificate that this level builds on is missing, or is no longer valid.")


def _identity(node: "NodeStanding") -> str:
    if node.met:
        return _("The identity document has been checked.")
    return _("The identity document has not been checked yet; show it to the training base.")


def _course(node: "NodeStanding") -> str:
    if node.met:
        return _("The course is completed.")
    return _("The course is not completed yet: each of its lessons must be studied to the end.")


def _practice(node: "NodeStanding") -> str:
    words = {"missing": int(node.missing), "reached": int(node.reached), "required": int(node.required)}
    if node.met:
        text = ngettext(
            "%(reached)s practice record is confirmed; %(required)s required.",
            "%(reached)s practice records are confirmed; %(required)s required.",
            words["reached"],
        )
    else:
        text = ngettext(
            "%(missing)s confirmed practice record is missing: %(required)s required, %(reached)s confirmed.",
            "%(missing)s confirmed practice records are missing: %(required)s required, %(reached)s confirmed.",
            words["missing"],
        )
    return text % words


def _portfolio(node: "NodeStanding") -> str:
    words = {"reached": _plain(node.reached), "required": _plain(node.required)}
    if node.met:
        return _("The portfolio is recognised with %(reached)s of 100; %(required)s are required.") % words
    if not node.reached:
        return _("No portfolio is recognised yet; %(required)s of 100 are required.") % words
    return _("The best portfolio is recognised with %(reached)s of 100; %(required)s are required.") % words


def _absent(node: "NodeStanding") -> str:
    if node.met:
        return _("Nothing of this stands.")
    if node.fact == FactKind.CONTRIBUTION:
        return _("%(figure)s credits were taken off for this and stand.") % {"figure": _two_places(node.stands or ZERO)}
    return _("There is something of this, and nothing may be: %(figure)s.") % {"figure": _plain(node.stands or ZERO)}


def _practice_share(node: "NodeStanding") -> str:
    """How much must come from practice, told wherever the tree asks for it."""
    if node.share is None:
        return ""
    words = {
        "percent": node.share.percent,
        "needed": _two_places(node.share.needed),
        "practice": _two_places(node.share.practice),
    }
    return _("At least %(percent)s %% of those required, %(needed)s, must come from practice; %(practice)s do.") % words


def _window(node: "NodeStanding") -> str:
    """The days that count, told wherever not all do."""
    if node.window is None:
        return ""
    words = {"since": day_in_words(node.window.since), "until": day_in_words(node.window.until)}
    return _("What counts is from %(since)s to %(until)s.") % words


def day_in_words(day: date) -> str:
    """A day as sentences carry it, in the language now active."""
    return date_format(day, "Y 年 n 月 j 日" if get_language() != "en" else "j F Y")


def _group(node: "NodeStanding") -> str:
    words = {"missing": int(node.missing), "reached": int(node.reached), "required": int(node.required)}
    if node.met:
        return _("Everything asked for here is met.")
    if node.kind == NodeKind.ANY_OF:
        text = ngettext(
            "%(missing)s more of these is needed: %(required)s required, %(reached)s met.",
            "%(missing)s more of these are needed: %(required)s required, %(reached)s met.",
            words["missing"],
        )
    else:
        text = ngettext(
            "%(missing)s of %(required)s requirements is not met yet.",
            "%(missing)s of %(required)s requirements are not met yet.",
            words["missing"],
        )
    return text % words


_BY_FACT: dict[FactKind, Callable[["NodeStanding"], str]] = {
    FactKind.CLASS_HOURS: _class_hours,
    FactKind.CONTRIBUTION: _contribution,
    FactKind.EXAM: _exam,
    FactKind.SIMULATION: _simulation,
    FactKind.CERTIFICATE: _certificate,
    FactKind.IDENTITY: _identity,
    FactKind.COURSE: _course,
    FactKind.PRACTICE: _practice,
    FactKind.PORTFOLIO: _portfolio,
}


def sentence(node: "NodeStanding") -> str:
    """The sentence for a node, in the language now active."""
    if node.fact is None:
        return _group(node)
    first = _absent(node) if node.stands is not None else _BY_FACT[node.fact](node)
    gap = " " if get_language() == "en" else ""
    return gap.join(said for said in (first, _practice_share(node), _window(node)) if said)
