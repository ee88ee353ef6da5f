"""Printing a paper: the HTML and stylesheet of a room made into archivable PDF, with nothing fetched from outside."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal

from .pigments import TOKENS
from .typefaces import APT_LINE

# PDF/A-3 takes files inside and PDF/A-2 takes none; both are tagged, so that a screen reader finds its way.
WITH_FILES, WITHOUT_FILES = "pdf/a-3a", "pdf/a-2a"


class PrinterMissing(Refusal):
    """The libraries that WeasyPrint draws with are not on this machine."""

    code = "printer-missing"
    message = _("Papers cannot be printed here: a library is missing. Install it with: %(line)s")
    status = 500


@dataclass(frozen=True, slots=True)
class Inside:
    """A file that travels inside the PDF, and what it is to the page."""

    name: str
    content: str
    description: str
    relationship: str = "Source"


def as_data(svg: str) -> str:
    """A drawing as an address that carries it along."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 -- heavy, and only whoever prints needs it
    except OSError as error:
        raise PrinterMissing(line=APT_LINE) from error
    return weasyprint


@lru_cache(maxsize=1)
def _typesetting() -> Any:
    """Fonts are registered once for a process, or memory climbs with every page."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- heavy, and only whoever prints needs it

    return FontConfiguration()


@lru_cache(maxsize=8)
def _style(name: str) -> Any:
    """The tokens of the design and one stylesheet that is written with them."""
    text = "\n".join(Path(str(finders.find(each))).read_text() for each in (TOKENS, name))
    return _weasyprint().CSS(string=text, font_config=_typesetting())


def _nothing_outside() -> Any:
    """Pictures come with the page; no address, on disk or on the net, is ever read."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- heavy, and only whoever prints needs it

    return URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)


def print_pdf(
    html: str, *, stylesheet: str, identifier: str, grounds: str = "", inside: Sequence[Inside] = ()
) -> bytes:
    """`html` as tagged PDF/A; `grounds` is a little CSS of this one paper, such as a frame drawn for its number."""
    weasyprint = _weasyprint()
    styles = [_style(stylesheet)]
    if grounds:
        styles.append(weasyprint.CSS(string=grounds, font_config=_typesetting(), url_fetcher=_nothing_outside()))
    attachments = [
        weasyprint.Attachment(
            string=each.content, name=each.name, description=each.description, relationship=each.relationship
        )
        for each in inside
    ]
    result: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing_outside()).write_pdf(
        stylesheets=styles,
        font_config=_typesetting(),
        attachments=attachments,
        pdf_variant=WITH_FILES if inside else WITHOUT_FILES,
        pdf_tags=True,
        pdf_identifier=identifier.encode(),
    )
    return result
