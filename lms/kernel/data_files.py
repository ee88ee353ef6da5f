"""Reading data files; the parser in C is ten times as fast, and stands wherever the wheel brings it."""

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str) -> Any:
    """What a YAML text says, in plain values; raises `yaml.YAMLError` like the parser itself."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 -- a safe loader in either case
