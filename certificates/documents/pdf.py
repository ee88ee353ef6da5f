"""The printed certificate: HTML and CSS that staff can edit, made into PDF/A-3 with the credential inside."""

import base64
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from certificates.validators.check_codes import grouped
from lms.kernel.refusals import Refusal

from .fonts import APT_LINE, check_letters
from .guilloche import frame
from .pigments import TOKENS, pigment
from .qr import qr_svg
from .reading import ATTACHMENT
from .seal import mark_path, seal, watermark
from .terms import Json

TEMPLATE = "certificates/pdf/certificate.html"
STYLE = "certificates/certificate-print.css"
VARIANT = "pdf/a-3a"


class PrinterMissing(Refusal):
    """The libraries that WeasyPrint draws with are not on this machine."""

    code = "printer-missing"
    message = _("Certificates cannot be printed here: a library is missing. Install it with: %(line)s")
    status = 500


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 -- heavy, and only whoever prints needs it
    except OSError as error:
        raise PrinterMissing(line=APT_LINE) from error
    return weasyprint


def _data(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _mark() -> str:
    colour = pigment("cert-blue")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="29" viewBox="0 0 48 29">'
        f'<path fill="{colour}" fill-rule="evenodd" d="{mark_path()}"/></svg>'
    )


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _day_en(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def page_html(payload: Json) -> str:
    """The page as HTML, every field from the frozen payload."""
    return render_to_string(
        TEMPLATE,
        {
            "printed": payload,
            "check_code": grouped(payload["check_code"]),
            "issued_on": _day(payload["issued_on"]),
            "valid_until": _day(payload["valid_until"]),
            "issued_on_en": _day_en(payload["issued_on"]),
            "verify_at": urlsplit(payload["verify_url"]).netloc + "/verify/",
            "mark": _data(_mark()),
            "qr": _data(qr_svg(payload["verify_url"])),
            "seal": _data(seal(payload["organisation"]["name"])),
        },
    )


@lru_cache(maxsize=1)
def _typesetting() -> Any:
    """Fonts are registered once for a process, or memory climbs with every page."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- heavy, and only whoever prints needs it

    return FontConfiguration()


@lru_cache(maxsize=1)
def _style() -> Any:
    text = "\n".join(Path(str(finders.find(name))).read_text() for name in (TOKENS, STYLE))
    return _weasyprint().CSS(string=text, font_config=_typesetting())


def _grounds(payload: Json) -> str:
    """Frame and watermark as backgrounds, which a reader of the page's structure rightly passes over."""
    style = f".frame{{background-image:url({_data(frame(payload['serial']))})}}"
    if payload["specimen"]:
        style += f".watermark{{background-image:url({_data(watermark(payload['specimen']))})}}"
    return style


def _nothing_outside() -> Any:
    """Pictures come with the page; no address, on disk or on the net, is ever read."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- heavy, and only whoever prints needs it

    return URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)


def render_pdf(payload: Json, credential: str) -> bytes:
    """The certificate as PDF/A-3, with the signed credential attached as its source."""
    html = page_html(payload)
    check_letters("".join(_printed(payload)))
    weasyprint = _weasyprint()
    own = weasyprint.CSS(string=_grounds(payload), font_config=_typesetting(), url_fetcher=_nothing_outside())
    attachment = weasyprint.Attachment(
        string=credential,
        name=ATTACHMENT,
        description="Open Badges 3.0 credential, signed by the issuer",
        relationship="Source",
    )
    page = weasyprint.HTML(string=html, url_fetcher=_nothing_outside())
    result: bytes = page.write_pdf(
        stylesheets=[_style(), own],
        font_config=_typesetting(),
        attachments=[attachment],
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_identifier=payload["serial"].encode(),
    )
    return result


def _printed(payload: Json) -> list[str]:
    """Every text that the page shows, for the check of its letters."""
    texts: list[str] = []
    for value in payload.values():
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            texts += [inner for inner in value.values() if isinstance(inner, str)]
    return texts
