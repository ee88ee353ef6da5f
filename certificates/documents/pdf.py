"""The printed certificate: HTML and CSS that staff can edit, made into PDF/A-3 with the credential inside."""

from datetime import date
from urllib.parse import urlsplit

from django.template.loader import render_to_string

from certificates.validators.check_codes import grouped
from cms.design.services.mark import mark_svg
from cms.design.services.printing import Inside, as_data, print_pdf
from cms.design.services.qr import qr_svg
from cms.design.services.typefaces import check_letters

from .guilloche import frame
from .reading import ATTACHMENT
from .seal import seal, watermark
from .terms import Json

TEMPLATE = "certificates/pdf/certificate.html"
STYLE = "certificates/certificate-print.css"


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
            "mark": as_data(mark_svg()),
            "qr": as_data(qr_svg(payload["verify_url"])),
            "seal": as_data(seal(payload["organisation"]["name"])),
        },
    )


def _grounds(payload: Json) -> str:
    """Frame and watermark as backgrounds, which a reader of the page's structure rightly passes over."""
    style = f".frame{{background-image:url({as_data(frame(payload['serial']))})}}"
    if payload["specimen"]:
        style += f".watermark{{background-image:url({as_data(watermark(payload['specimen']))})}}"
    return style


def render_pdf(payload: Json, credential: str) -> bytes:
    """The certificate as PDF/A-3, with the signed credential attached as its source."""
    check_letters("".join(_printed(payload)))
    attached = Inside(ATTACHMENT, credential, "Open Badges 3.0 credential, signed by the issuer")
    return print_pdf(
        page_html(payload),
        stylesheet=STYLE,
        identifier=payload["serial"],
        grounds=_grounds(payload),
        inside=[attached],
    )


def _printed(payload: Json) -> list[str]:
    """Every text that the page shows, for the check of its letters."""
    texts: list[str] = []
    for value in payload.values():
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            texts += [inner for inner in value.values() if isinstance(inner, str)]
    return texts
