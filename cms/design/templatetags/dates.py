"""Dates as each language writes them; a moment names the zone it is told in."""

from datetime import date, datetime

from django import template
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from lms.kernel.beijing import BEIJING

register = template.Library()

DAYS = {"zh-hans": "Y 年 n 月 j 日", "en": "j F Y"}


@register.simple_tag
def day(value: date) -> SafeString:
    """A day in a `<time>`: 2026 年 11 月 22 日, 22 November 2026. A moment gives its day in Beijing."""
    on = value.astimezone(BEIJING).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), _said(on))


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """A moment in a `<time>`, by the Beijing clock, which it names."""
    there = value.astimezone(BEIJING)
    words = gettext("%(day)s %(time)s, Beijing time") % {"day": _said(there.date()), "time": there.strftime("%H:%M")}
    return format_html('<time datetime="{}">{}</time>', there.isoformat(timespec="minutes"), words)


def _said(on: date) -> str:
    return written(on, DAYS[get_language() or "zh-hans"])
