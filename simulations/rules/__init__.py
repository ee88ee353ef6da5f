"""The rule sets that scenarios pin: what the law and good practice ask for, as data with source, place and day."""

from importlib.resources import files


class UnknownRuleSet(LookupError):
    """No rule set of this name comes with the platform."""


def names() -> list[str]:
    """The names of all rule sets, in order."""
    return sorted(each.name.removesuffix(".yaml") for each in files(__name__).iterdir() if each.name.endswith(".yaml"))


def text_of(name: str) -> str:
    """The file of a rule set as text."""
    if name not in names():
        raise UnknownRuleSet(name)
    return (files(__name__) / f"{name}.yaml").read_text(encoding="utf-8")
