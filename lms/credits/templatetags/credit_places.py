"""The pages of credits that lie side by side, for the line of links above each of them."""

from dataclasses import dataclass

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

register = template.Library()
Words = str | Promise

OWN: dict[str, tuple[str, Words]] = {
    "standing": ("credits:standing", pgettext_lazy("credits", "Standing")),
    "claims": ("credits:claims", pgettext_lazy("credits", "Claims")),
    "ledger": ("credits:statement", pgettext_lazy("credits", "Ledger")),
    "portfolios": ("credits:portfolios", _("Portfolios")),
    "papers": ("credits:papers", pgettext_lazy("credits", "Papers")),
    "returns": ("credits:returns", pgettext_lazy("credits", "Annual returns")),
    "boards": ("credits:boards", pgettext_lazy("credits", "Boards")),
    "rewards": ("credits:rewards", pgettext_lazy("credits", "Rewards")),
    "rules": ("credits:rules", pgettext_lazy("credits", "Rules")),
}
DESK: dict[str, tuple[str, Words]] = {
    "claims": ("credits:desk-claims", pgettext_lazy("credits", "Claims")),
    "appeals": ("credits:desk-appeals", _("Appeals")),
    "samples": ("credits:desk-samples", pgettext_lazy("credits", "Audit samples")),
    "violations": ("credits:desk-violations", _("Violations")),
    "grant": ("credits:desk-grant", pgettext_lazy("credits", "Grant credits")),
    "portfolios": ("credits:portfolio-desk", _("Portfolios")),
    "returns": ("credits:desk-returns", pgettext_lazy("credits", "Annual returns")),
    "rules": ("credits:desk-rules", pgettext_lazy("credits", "Rules")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One page beside this one, or this one itself."""

    label: Words
    url: str
    here: bool


def _places(plan: dict[str, tuple[str, Words]], here: str) -> list[Place]:
    found = []
    for key, (name, label) in plan.items():
        try:
            found.append(Place(label, reverse(name), key == here))
        except NoReverseMatch:  # this installation has not opened it
            continue
    return found


@register.simple_tag
def own_places(here: str) -> list[Place]:
    """The pages on which one looks after one's own credits."""
    return _places(OWN, here)


@register.simple_tag
def desk_places(here: str) -> list[Place]:
    """The pages on which an organisation looks after credits."""
    return _places(DESK, here)
