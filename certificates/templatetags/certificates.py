"""Days and moments as certificates and their answers write them."""

import re
from datetime import date, datetime

from django import template
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.validators.check_codes import grouped
from lms.kernel.beijing import BEIJING

register = template.Library()
_SERIAL = re.compile(r"(TTM-[A-Z0-9]{4}-[123]-20\d{2}-\d{6}-[0-9A-Z])")


def _words(day: date) -> str:
    if get_language() == "en":
        return f"{day.day} {MONTHS[day.month]} {day.year}"
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


@register.filter
def legal_day(day: date | str) -> str:
    """A day without a time: 2026 年 10 月 16 日."""
    return _words(date.fromisoformat(day) if isinstance(day, str) else day)


@register.filter
def legal_weekday(day: date | str) -> str:
    """The same with its weekday, where it binds."""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    weekday = WEEKDAYS[known.weekday()]
    return f"{weekday} {_words(known)}" if get_language() == "en" else f"{_words(known)}（{weekday}）"


@register.filter
def beijing_day(moment: datetime) -> str:
    """The day in Beijing on which something happened."""
    return _words(moment.astimezone(BEIJING).date())


@register.filter
def beijing_moment(moment: datetime) -> str:
    """A moment to the second, with its zone named."""
    local = moment.astimezone(BEIJING)
    words = {"day": legal_weekday(local.date()), "time": f"{local:%H:%M:%S}"}
    return _("%(day)s, %(time)s Beijing time") % words


@register.filter
def whole_serials(text: str) -> SafeString:
    """A sentence of which no serial is broken between two lines."""
    parts = _SERIAL.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="serial-kept">{}</span>', part) if number % 2 else part,)
            for number, part in enumerate(parts)
        ),
    )


@register.filter
def code_groups(code: str) -> str:
    """A check code as it is printed."""
    return grouped(code)


@register.filter
def short_hash(value: str) -> str:
    """The two ends of a hash, enough to compare by eye."""
    return f"{value[:8]}…{value[-8:]}" if value else ""
