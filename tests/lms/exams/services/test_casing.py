import pytest

from lms.exams.services.casing import CaseChanged, CaseThere, create_case, word_case
from tests.factories.bank import empty_bank

pytestmark = [pytest.mark.room, pytest.mark.django_db]
SAID = {"title": "球阀许可", "text": "甲乙签约。", "title_en": "", "figures": []}


def test_a_new_text_is_a_new_version_and_the_same_text_is_none(now) -> None:
    case_set = create_case(bank=empty_bank(), ref="valve", said=SAID, actor="user:1", now=now)
    first = case_set.versions.get()
    same = word_case(case_set=case_set, said=SAID, seen=first.content_hash, actor="user:1", now=now)
    assert same == first
    second = word_case(
        case_set=case_set, said={**SAID, "text": "改了。"}, seen=first.content_hash, actor="user:1", now=now
    )
    assert (second.no, second.body["text"], first.body["text"]) == (2, "改了。", "甲乙签约。")


def test_two_windows_do_not_overwrite_each_other(now) -> None:
    case_set = create_case(bank=empty_bank(), ref="valve", said=SAID, actor="user:1", now=now)
    seen = case_set.versions.get().content_hash
    word_case(case_set=case_set, said={**SAID, "text": "一。"}, seen=seen, actor="user:1", now=now)
    with pytest.raises(CaseChanged):
        word_case(case_set=case_set, said={**SAID, "text": "二。"}, seen=seen, actor="user:2", now=now)
    assert case_set.versions.count() == 2


def test_a_short_name_is_used_once_in_a_bank(now) -> None:
    bank = empty_bank()
    create_case(bank=bank, ref="valve", said=SAID, actor="user:1", now=now)
    with pytest.raises(CaseThere):
        create_case(bank=bank, ref="valve", said=SAID, actor="user:1", now=now)
