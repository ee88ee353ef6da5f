"""What a version says otherwise than the one before it, rule by rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from lms.schemes.enums import Delivery, FactKind, ModuleCode
from lms.schemes.models import SchemeVersion
from lms.schemes.validators import dump_study_rules

from .asking import narrowed
from .definitions import definition_of
from .outlines import asked
from .study_rules import STUDY_RULE_LABELS, study_rules_of

Entries = Mapping[str, Any]

# What the entries of rules, topics and versions are called.
LABELS: dict[str, Promise] = {
    "title": gettext_lazy("Chinese title"),
    "title_en": gettext_lazy("English title"),
    "kind": gettext_lazy("Kind"),
    "fact": gettext_lazy("What is looked at"),
    "refs": gettext_lazy("Only these count"),
    "at_least": gettext_lazy("At least"),
    "count": gettext_lazy("How many"),
    "per_ref_at_least": gettext_lazy("Marks each must reach"),
    "absent": gettext_lazy("Nothing of this may stand"),
    "within": gettext_lazy("Counted within"),
    "share_of_practice_at_least": gettext_lazy("Share from practice (per cent)"),
    "practice": gettext_lazy("Kinds that are practice"),
    "opens_months": gettext_lazy("Renewal opens (months before the last day)"),
    "grace_months": gettext_lazy("A lapsed certificate can be reinstated (months)"),
    "after": gettext_lazy("Comes after"),
    "source": gettext_lazy("Source of the figure (Chinese)"),
    "source_en": gettext_lazy("Source of the figure (English)"),
    "module": gettext_lazy("Module"),
    "delivery": gettext_lazy("How it is taught"),
    "class_hours": gettext_lazy("Class hours"),
    "hours_source": gettext_lazy("Source of the figure (Chinese)"),
    "hours_source_en": gettext_lazy("Source of the figure (English)"),
    "effective_from": pgettext_lazy("of a version", "First day"),
    "basis": gettext_lazy("Basis (Chinese)"),
    "basis_en": gettext_lazy("Basis (English)"),
    "order": pgettext_lazy("of rules", "Order"),
    **STUDY_RULE_LABELS,
}
_WORDS: dict[str, Any] = {"fact": FactKind, "module": ModuleCode, "delivery": Delivery}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that was changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One rule, topic or part: new (`sign` +, `says` what it asks), taken out (−) or changed (~)."""

    sign: str
    label: str
    says: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one part of a version."""

    title: str
    changes: tuple[Change, ...]


def differences(version: SchemeVersion, before: SchemeVersion) -> list[Section]:
    """Every change from `before` to `version`; parts without a change are left out."""
    new, old = definition_of(version), definition_of(before)
    sections = [Section(_("The version"), tuple(_changed(_head(old), _head(new), _("Title, first day and basis"))))]
    was = {level["code"]: level for level in old["levels"]}
    for level in new["levels"]:
        then = was.get(level["code"], {"requirements": {}, "topics": []})
        name = _name(level, "name")
        rules = _compared(_rules(then["requirements"]), _rules(level["requirements"]))
        sections.append(Section(_("%(level)s: requirements") % {"level": name}, tuple(rules)))
        sections += _renewal(then.get("renewal") or {}, level.get("renewal") or {}, name)
        topics = _compared(_by_code(then["topics"]), _by_code(level["topics"]))
        sections.append(Section(_("%(level)s: topics") % {"level": name}, tuple(topics)))
    measures = [dump_study_rules(study_rules_of(each)) for each in (before, version)]
    sections.append(Section(_("Study rules"), tuple(_changed(measures[0], measures[1], _("Study rules")))))
    return [section for section in sections if section.changes]


def _renewal(old: Entries, new: Entries, level: str) -> Iterator[Section]:
    """What renewal and reinstatement say otherwise."""
    words = {
        "requirements": _("%(level)s: renewal") % {"level": level},
        "reinstatement": _("%(level)s: reinstatement") % {"level": level},
    }
    terms = tuple(_changed(_terms(old), _terms(new), _("When it is possible")))
    for part, title in words.items():
        rules = tuple(_compared(_rules(old.get(part, {})), _rules(new.get(part, {}))))
        yield Section(title, (*terms, *rules) if part == "requirements" else rules)


def _terms(renewal: Entries) -> Entries:
    return {name: renewal[name] for name in ("opens_months", "grace_months") if name in renewal}


def _head(definition: Entries) -> Entries:
    return {name: definition[name] for name in ("title", "title_en", "effective_from", "basis", "basis_en")}


def _name(entries: Entries, name: str) -> str:
    return str(entries.get(f"{name}_en" if get_language() == "en" else name) or entries.get("code", ""))


def _rules(node: Entries) -> dict[str, Entries]:
    """Every rule of a tree under its code, without what stands under it."""
    found: dict[str, Entries] = (
        {node["code"]: {k: v for k, v in node.items() if k != "children"}} if node.get("code") else {}
    )
    for child in node.get("children", ()):
        found |= _rules(child)
    return found


def _by_code(topics: list[dict[str, Any]]) -> dict[str, Entries]:
    return {topic["code"]: topic for topic in topics}


def _compared(old: Mapping[str, Entries], new: Mapping[str, Entries]) -> Iterator[Change]:
    for code, entries in new.items():
        if code in old:
            yield from _changed(old[code], entries, _name(entries, "title"))
        else:
            yield Change("+", _name(entries, "title"), _summary(entries))
    for code, entries in old.items():
        if code not in new:
            yield Change("−", _name(entries, "title"))
    kept = [code for code in old if code in new], [code for code in new if code in old]
    if kept[0] != kept[1]:
        said = [", ".join(_name(new[code], "title") for code in codes) for codes in kept]
        order = str(LABELS["order"])
        yield Change("~", order, entries=(Entry(order, said[0], said[1]),))


def _changed(old: Entries, new: Entries, label: str) -> Iterator[Change]:
    entries = tuple(_entries(old, new))
    if entries:
        yield Change("~", label, entries=entries)


def _summary(entries: Entries) -> str:
    """A new rule or topic in one line."""
    if "kind" in entries:
        said = [asked(dict(entries)), ", ".join(entries.get("after", ()))]
        return " · ".join((said[0], _("comes after %(codes)s") % {"codes": said[1]}) if said[1] else said[:1])
    words = [_said(name, entries[name]) for name in ("module", "delivery", "class_hours")]
    return " · ".join(word for word in words if word)


def _entries(old: Entries, new: Entries) -> Iterator[Entry]:
    for name, label in LABELS.items():
        before, after = _said(name, old.get(name)), _said(name, new.get(name))
        if before != after:
            yield Entry(str(label), before, after)


def _said(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(value)
    if name in _WORDS:
        return str(_WORDS[name](value).label)
    if name == "within":
        return narrowed({"within": value})[0]
    if name == "absent":
        return _("yes")
    return str(value)
