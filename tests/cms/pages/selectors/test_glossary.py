import pytest

from cms.pages.models.glossary import GlossaryTerm, sort_key_of
from cms.pages.selectors.glossary import PER_PAGE, glossary
from tests.factories.pages import GlossaryTermFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.mark.unit
def test_pinyin_is_ordered_without_its_tones() -> None:
    assert sort_key_of("Jìshù jīnglǐrén") == "jishujingliren"
    assert sort_key_of("lǜdēng") == "ludeng"


def _terms() -> None:
    for term, pinyin in (("中试", "zhōngshì"), ("估值", "gūzhí"), ("概念验证", "gàiniàn yànzhèng")):
        GlossaryTermFactory(term=term, pinyin=pinyin)


def test_terms_stand_by_their_pinyin_under_their_letters() -> None:
    _terms()
    found = glossary()
    assert found.letters == ["G", "Z"]
    assert [(group.letter, [term.term for term in group.terms]) for group in found.groups] == [
        ("G", ["概念验证", "估值"]),
        ("Z", ["中试"]),
    ]


def test_a_letter_can_be_asked_for_and_one_without_terms_is_not() -> None:
    _terms()
    assert [term.term for term in glossary("z").page] == ["中试"]
    assert len(glossary("Q").page) == 3


def test_a_thousand_terms_come_in_pages(django_assert_num_queries) -> None:
    GlossaryTerm.objects.bulk_create(GlossaryTermFactory.build_batch(1000))
    with django_assert_num_queries(3):
        found = glossary(number=2)
    assert (len(found.page), found.page.paginator.count) == (PER_PAGE, 1000)
