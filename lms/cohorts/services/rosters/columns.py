"""The columns of a roster, and under which headings bases write them."""

import unicodedata
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Column(StrEnum):
    """A column that is read; the value is its name in answers to machines."""

    NAME = "name"
    LATIN_NAME = "latin_name"
    MAIL = "email"
    PAPER = "identity_kind"
    NUMBER = "identity_number"
    EMPLOYER = "employer"
    LEVEL = "level"


REQUIRED = (Column.NAME, Column.MAIL)

LABELS: dict[Column, Promise] = {
    Column.NAME: pgettext_lazy("of a person", "Name"),
    Column.LATIN_NAME: _("Latin name"),
    Column.MAIL: _("Mail address"),
    Column.PAPER: _("Kind of identity document"),
    Column.NUMBER: _("Identity number"),
    Column.EMPLOYER: _("Employer"),
    Column.LEVEL: _("Level"),
}

# The first heading of each column is the one that templates and sample files carry.
HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("姓名", "学员姓名", "name", "full name"),
    Column.LATIN_NAME: ("姓名拼音", "拼音", "英文名", "latin name", "name in latin letters"),
    Column.MAIL: ("邮箱", "电子邮箱", "电子邮件", "邮件地址", "email", "e-mail", "mail", "mail address"),
    Column.PAPER: ("证件类型", "证件种类", "identity document", "document"),
    Column.NUMBER: ("身份证号", "身份证号码", "证件号码", "证件号", "identity number", "id number"),
    Column.EMPLOYER: ("工作单位", "单位", "单位名称", "所在单位", "employer", "organisation"),
    Column.LEVEL: ("等级", "报名等级", "培训等级", "level"),
}


def folded(heading: str) -> str:
    """A heading without what people add to it: spaces, stars, brackets with remarks."""
    plain = unicodedata.normalize("NFKC", heading).strip().strip("*:").lower()
    return " ".join(plain.split("(")[0].split())


_BY_HEADING = {folded(heading): column for column, headings in HEADINGS.items() for heading in headings}


def column_of(heading: str) -> Column | None:
    """The column that stands under this heading, if it is one that is read."""
    return _BY_HEADING.get(folded(heading))
