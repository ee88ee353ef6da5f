"""Template tags of the debrief: sentences that depend on several values at once."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.design.templatetags.design import icon
from simulations.selectors.debriefs import Debrief
from simulations.views.findings import Gate
from simulations.views.words import figure

register = template.Library()

_ROLES: dict[str, Promise] = {
    "required": gettext_lazy("required"),
    "useful": gettext_lazy("useful"),
    "neutral": gettext_lazy("neutral"),
    "harmful": gettext_lazy("harmful"),
}


@register.simple_tag
def gates_kept(gates: list[Gate]) -> str:
    """How many red lines were kept, of how many."""
    hard = [gate for gate in gates if gate.is_hard]
    kept = sum(gate.moment is None for gate in hard)
    if kept == len(hard):
        return ngettext("%(count)s red line, kept", "%(count)s red lines, all kept", kept) % {"count": kept}
    return _("%(kept)s of %(count)s red lines kept") % {"kept": kept, "count": len(hard)}


@register.simple_tag
def better_by(deal: dict[str, Any], told: Debrief) -> str:
    """How much better another deal would have been for each side."""
    return _("%(a)s %(more_a)s more, %(b)s %(more_b)s more, of 100 each") % {
        "a": told.a_name,
        "b": told.b_name,
        "more_a": figure(deal["more_x"] / 10),
        "more_b": figure(deal["more_y"] / 10),
    }


@register.simple_tag
def paper_words(paper: dict[str, Any]) -> str:
    """How complete a paper is: required lines written, and harmful ones among them."""
    required = [clause for clause in paper["clauses"] if clause["role"] == "required"]
    written = sum(clause["written"] for clause in required)
    harmful = sum(clause["written"] for clause in paper["clauses"] if clause["role"] == "harmful")
    said = _("%(written)s of %(count)s required lines") % {"written": written, "count": len(required)}
    if harmful:
        said += ngettext(", %(count)s harmful line", ", %(count)s harmful lines", harmful) % {"count": harmful}
    return said


def _is_right(clause: dict[str, Any]) -> bool | None:
    wanted = {"required": True, "harmful": False}.get(clause["role"])
    return None if wanted is None else clause["written"] is wanted


@register.simple_tag
def line_state(clause: dict[str, Any]) -> str:
    """The class of a paper's line: right, wrong, or neither."""
    return {True: "is-right", False: "is-wrong", None: ""}[_is_right(clause)]


@register.simple_tag
def line_icon(clause: dict[str, Any]) -> SafeString:
    """Whether a line was written, as an icon with its word."""
    name, word = ("check", _("written")) if clause["written"] else ("ring", _("not written"))
    return format_html('{}<span class="vh">{} </span>', icon(name), word)


@register.simple_tag
def role_word(role: str) -> str | Promise:
    """What a line is to a paper."""
    return _ROLES[role]
