"""Rule tables as YAML files: reading what somebody uploads, writing what a version says."""

from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Refusal

MOST_BYTES = 500_000
DEEPEST = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FileNotReadable(Refusal):
    code = "rules-file-not-readable"
    field = "file"
    message = _("This is no YAML file in UTF-8 of at most 500 KB: %(reason)s")


def read_rules_file(content: bytes) -> dict[str, Any]:
    """The plain data of a rule file; tags, anchors and deep nests are refused."""
    if len(content) > MOST_BYTES:
        raise FileNotReadable(reason=_("it is too large."))
    try:
        text = content.decode("utf-8-sig")
        _look_over(text)
        data = parse_yaml(text)
    except UnicodeDecodeError:
        raise FileNotReadable(reason=_("it is not in UTF-8.")) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FileNotReadable(reason=_("line %(line)s cannot be read.") % {"line": line}) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FileNotReadable(reason=_("it cannot be read.")) from error
    if not isinstance(data, dict):
        raise FileNotReadable(reason=_("it says no rule table."))
    return data


def write_rules_file(data: dict[str, Any]) -> bytes:
    """A rule table as a YAML file that can be uploaded again."""
    text = yaml.dump(data, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=110)
    return str(text).encode()


def _look_over(text: str) -> None:
    """Refuse what would cost more to read than a rule table: deep nests, and anchors, which can multiply."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
            raise FileNotReadable(reason=_("it is nested too deeply, or uses anchors; write out what is repeated."))
