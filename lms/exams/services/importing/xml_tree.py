"""XML from strangers: no entities, no addresses, no depth and no number of elements beyond reason."""

import io
import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_lazy as _

from .files import MAX_ITEMS, QuestionsUnreadable, decoded, too_large

MAX_DEPTH = 40
MAX_ELEMENTS = 400_000
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9-]+)[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class DoctypeRefused(QuestionsUnreadable):
    """Entities can swell a small file until it fills the machine, or read files of the server."""

    code = "questions-doctype"
    message = _("The file defines entities or names other files (DOCTYPE). Questions need neither; nothing was read.")


class NotWellFormed(QuestionsUnreadable):
    code = "questions-not-well-formed"
    message = _("The file is no whole XML document: line %(line)s, column %(column)s. Nothing was written.")


class TooDeep(QuestionsUnreadable):
    code = "questions-too-deep"
    message = _("The elements of this file lie in each other deeper than those of any question.")


def read_tree(content: bytes, root: str) -> Element:
    """The document under its root element, which has this name."""
    declared = _ENCODING.search(content[:200])
    text = decoded(content, declared.group(1).decode("ascii").lower() if declared else "")
    text = _DECLARATION.sub("", text, count=1)
    try:
        tree = _grown(text.encode("utf-8"))
    except DefusedXmlException as refused:
        raise DoctypeRefused from refused
    except ParseError as broken:
        line, column = broken.position
        raise NotWellFormed(line=str(line), column=str(column + 1)) from broken
    except ValueError as broken:
        raise QuestionsUnreadable(format="XML") from broken
    if tree is None or tree.tag != root:
        raise QuestionsUnreadable(format="Moodle XML")
    if len(tree) > 2 * MAX_ITEMS:
        raise too_large()
    return tree


def _grown(content: bytes) -> Element | None:
    """The tree, given up as soon as it grows beyond reason."""
    depth = elements = 0
    root: Element | None = None
    for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAX_DEPTH:
            raise TooDeep
        if elements > MAX_ELEMENTS:
            raise too_large()
    return root
