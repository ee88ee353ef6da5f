"""Every kind of question through its form: nothing is lost, nothing wrong gets through, no id tells the key."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from lms.exams.enums import QuestionKind
from lms.exams.forms.kinds import FORMS
from lms.exams.forms.questions import QuestionForm
from lms.exams.selectors.tags import NamedTag, Tags, TopicTag
from lms.exams.services.bank_file import Item, read_bank
from lms.exams.services.laws import load_laws
from tests.factories.accounts import BEGINNING
from tests.factories.bank import as_sent, make_item

pytestmark = [pytest.mark.room, pytest.mark.django_db]
TAGS = Tags(
    levels=[NamedTag("junior", "初级", "Junior")],
    topics=[TopicTag("junior", "policy-and-law", "transfer-overview", "转化", "Transfer")],
)


def opened(item: Item, data: dict[str, Any] | None = None) -> QuestionForm:
    return FORMS[item.kind](data, tags=TAGS, figures=[], before=item, seen="x")


def sent_for(item: Item, **changes: Any) -> QuestionForm:
    return opened(item, {**as_sent(opened(item)), **changes})


def plain(item: Item) -> dict[str, Any]:
    """An item without what a form may write otherwise: figures like 50.0, line ends at the end of a text."""
    said = item.model_dump()
    if said["key"]["value"]:
        said["key"]["value"] = Decimal(said["key"]["value"])
    if said["key"]["model"]:
        said["key"]["model"] = said["key"]["model"].strip()
    return said


@pytest.mark.parametrize("level", ["junior", "intermediate", "senior"])
def test_every_question_of_the_house_passes_its_form_unchanged(level: str) -> None:
    load_laws(now=BEGINNING)
    items = [item.model_copy(update={"rests_on": [], "level": level}) for item in read_bank(level).every_item()]
    assert len(items) >= 100
    for item in items:
        form = opened(item, as_sent(opened(item)))
        built = form.build(item.ref)
        assert built is not None, (item.ref, form.errors)
        assert plain(built) == plain(item)


WRONG = [
    ("single", {"options-right": ""}, "options", "Mark the one option that is right."),
    ("single", {"options-1-text": "甲"}, "options", "Two options say the same."),
    ("single", {"options-1-text": "", "options-1-text_en": "B"}, "options", "This row says something, but not this"),
    ("multiple", {"options-0-right": "", "options-2-right": ""}, "options", "at least one"),
    ("fill-in", {"stem": "没有空。"}, "stem", "Mark the blanks"),
    ("fill-in", {"stem": "{{2}}日，{{1}}日", "blanks-1-ways": "三"}, "stem", "in their order"),
    ("fill-in", {"blanks-0-ways": ""}, "stem", "with right wordings: 0"),
    ("numeric", {"value": "大约四十"}, "value", "Give a number in digits"),
    ("numeric", {"tolerance": "-1"}, "tolerance", "no negative number"),
    ("numeric", {"units-0-text": "元"}, "unit", "Either one unit is printed"),
    ("numeric", {"unit": "", "units-0-text": "元"}, "units", "at least two units"),
    ("numeric", {"unit": "", "units-0-text": "元", "units-0-factor": "0"}, "units", "greater than nothing"),
    ("matching", {"pairs-0-match": ""}, "pairs", "A pair has two sides."),
    ("matching", {"pairs-0-match": "转让", "spares-0-text": ""}, "pairs", "different right sides"),
    ("matching", {"spares-0-text": "许可"}, "spares", "belongs to something on the left"),
    ("ordering", {"steps-1-text": "", "steps-0-text": ""}, "steps", "at least three steps"),
    ("ordering", {"steps-0-text": "乙"}, "steps", "Two steps say the same."),
    ("essay", {"limit": "20"}, "limit", "50"),
    ("essay", {"criteria-0-levels": "满分"}, "criteria", "does not begin with points"),
    ("essay", {"criteria-0-levels": "NaN | 甲\n0 | 乙"}, "criteria", "says no points or no words"),
    ("essay", {"criteria-0-levels": "0 | 甲\n0 | 乙"}, "criteria", "the best answer earns points"),
    ("essay", {"criteria-0-title": "", "criteria-0-levels": ""}, "criteria", "at least one thing"),
    ("true-false", {"right": "maybe"}, "right", "maybe"),
    ("single", {"stem": " "}, "stem", "required"),
    ("single", {"place": "junior:no-such-topic"}, "place", "Select a valid choice"),
    ("single", {"options-TOTAL_FORMS": "a thousand"}, "options", "ManagementForm data is missing"),
]


@pytest.mark.parametrize(("kind", "changes", "place", "words"), WRONG)
def test_what_is_wrong_is_said_at_its_place(kind: str, changes: dict[str, Any], place: str, words: str) -> None:
    with translation.override("en"):
        form = sent_for(make_item(kind), **changes)
        assert form.build("x") is None
        told = form.rows[place].errors_in_all if place in form.rows else form.errors.get(place, [])
        assert words in " ".join(str(each) for each in told)


@pytest.mark.parametrize("kind", [QuestionKind.ORDERING, QuestionKind.MATCHING])
def test_new_options_have_ids_and_places_that_do_not_tell_the_key(kind: QuestionKind) -> None:
    texts = [f"第{number}步做的事" for number in "一二三四五六"]
    rows = {"ordering": ("steps", {}), "matching": ("pairs", {"match": "对应{}"})}
    name, other = rows[kind]
    data: dict[str, Any] = {"place": "junior:transfer-overview", "difficulty": "easy", "ref": "new-one"}
    data |= {
        "stem": "排好。",
        "explanation": "按程序。",
        "source": "计算题",
        "law-TOTAL_FORMS": "0",
        "law-INITIAL_FORMS": "0",
    }
    data |= {"spares-TOTAL_FORMS": "0", "spares-INITIAL_FORMS": "0"}
    data |= {f"{name}-TOTAL_FORMS": "6", f"{name}-INITIAL_FORMS": "0"}
    for number, text in enumerate(texts):
        data[f"{name}-{number}-text"] = text
        data |= {f"{name}-{number}-{field}": words.format(text) for field, words in other.items()}
    built = FORMS[kind](data, tags=TAGS, figures=[]).build("")
    assert built is not None
    shown = [option.text for option in built.options]
    assert sorted(shown) == sorted(texts)
    assert shown != texts
    partners = [built.key.pairs[option.id] for option in built.options] if built.key.pairs else built.key.order
    listed = [choice.id for choice in built.choices] if built.choices else [option.id for option in built.options]
    assert partners != listed
    assert all(len(each.id) == 8 for each in (*built.options, *built.choices))


def test_marks_that_nobody_sees_are_taken_out_of_words() -> None:
    built = sent_for(make_item(), stem="哪一\u202e项\u200b正确？\r\n看清楚。").build("x")
    assert built is not None
    assert built.stem == "哪一项正确？\n看清楚。"


def test_the_topic_brings_its_module_along() -> None:
    form = sent_for(make_item())
    assert form.build("x")
    assert form.module == "policy-and-law"


def test_what_is_wrong_with_the_options_is_said_although_more_is_missing() -> None:
    with translation.override("en"):
        form = sent_for(make_item(), **{"source": "", "options-right": ""})
        assert form.build("x") is None
        assert "source" in form.errors
        assert form.rows["options"].errors_in_all == ["Mark the one option that is right."]
