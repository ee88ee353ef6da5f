"""Questions as their authors write them, people who write them, and forms as a browser sends them back."""

import io
from datetime import date
from typing import Any

from PIL import Image

from lms.cohorts.enums import Role
from lms.exams.forms.questions import QuestionForm
from lms.exams.models import QuestionBank, QuestionVersion
from lms.exams.services.bank_file import Item
from lms.exams.services.drafting import keep_draft
from lms.exams.services.laws import enter_law, enter_wording
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory

ABC = [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}, {"id": "c", "text": "丙"}]
LEVELS = [{"points": "4", "text": "说明权属和依据"}, {"points": "0", "text": "没有提到"}]
PARTS: dict[str, dict[str, Any]] = {
    "single": {"options": ABC, "key": {"option": "b"}},
    "multiple": {"options": ABC, "key": {"options": ["a", "c"]}},
    "true-false": {
        "options": [{"id": "true", "text": "正确"}, {"id": "false", "text": "错误"}],
        "key": {"option": "true"},
    },
    "fill-in": {"stem": "公示不少于{{1}}日。", "key": {"blanks": [["十五", "15"]]}},
    "numeric": {"unit": "万元", "key": {"value": "47", "tolerance": "0.5"}},
    "matching": {
        "options": ABC[:2],
        "choices": [{"id": "x1", "text": "转让"}, {"id": "x2", "text": "许可"}, {"id": "x3", "text": "作价"}],
        "key": {"pairs": {"a": "x2", "b": "x1"}},
    },
    "ordering": {"options": ABC, "key": {"order": ["c", "a", "b"]}},
    "essay": {
        "limit": 600,
        "key": {"rubric": {"criteria": [{"id": "c1", "title": "权属", "max": "4", "levels": LEVELS}]}},
    },
}


def make_item(kind: str = "single", **given: Any) -> Item:
    """A right question of this kind."""
    said = {
        "ref": f"{kind}-question",
        "kind": kind,
        "level": "junior",
        "topic": "transfer-overview",
        "difficulty": "easy",
        "stem": "哪一项正确？",
        "explanation": "因为法律这样写，其余各项改变了主体。",
        "source": "《促进科技成果转化法》第十六条",
        **PARTS[kind],
    }
    return Item.model_validate({**said, **given})


def empty_bank(organisation: Any = None, code: str = "questions") -> QuestionBank:
    """A bank without questions."""
    owner = organisation or OrganisationFactory()
    return QuestionBank.objects.create(organisation=owner, code=code, title="题库", created_at=BEGINNING)


def make_draft(
    bank: QuestionBank | None = None, kind: str = "single", actor: str = "user:1", **given: Any
) -> QuestionVersion:
    """A draft by somebody."""
    item = make_item(kind, **given)
    return keep_draft(bank=bank or empty_bank(), item=item, actor=actor, now=BEGINNING).version


def make_staff(organisation: Any, role: Role = Role.TRAINER) -> Any:
    """A user who holds a role at an organisation."""
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=organisation, role=role)
    return user


def make_law(code: str = "cgh", *days: date) -> Any:
    """A legal text with wordings in force from these days."""
    law = enter_law(code=code, title="促进科技成果转化法", title_en="Transformation Law")
    for day in days or (date(2015, 10, 1),):
        enter_wording(law=law, in_force_from=day, note="", source="公布的文本", actor="user:1", now=BEGINNING)
    return law


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, format=kind, **how)
    return out.getvalue()


def as_sent(form: QuestionForm) -> dict[str, Any]:
    """What a browser sends if somebody opens the form and presses the button."""
    sent: dict[str, Any] = {}
    parts = [form, *(part for rows in (form.law, *form.rows.values()) for part in (rows.management_form, *rows))]
    for part in parts:
        for bound in part:
            _put(sent, bound)
    return sent


def _put(sent: dict[str, Any], bound: Any) -> None:
    value = bound.initial
    if type(bound.field.widget).__name__ == "OneOfRows":
        if value:
            group, number, _field = bound.html_name.rsplit("-", 2)
            sent[f"{group}-right"] = number
    elif isinstance(value, bool):
        if value:
            sent[bound.html_name] = "on"
    elif value is not None:
        sent[bound.html_name] = value.isoformat() if isinstance(value, date) else value
