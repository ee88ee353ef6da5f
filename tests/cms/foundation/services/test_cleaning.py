import pytest
from django.test import Client

from cms.foundation.blocks import PLAIN_FEATURES, TEXT_FEATURES
from cms.foundation.services.cleaning import clean_html
from tests.factories import pages as make

WORD = (
    "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->"
    '<p class="MsoNormal" style="margin-left:2em"><span lang="EN-US" style="color:red">先<b>问</b>清楚</span></p>'
    '<p class="MsoListParagraph"><font color="red">再报价</font><o:p></o:p></p>'
)


@pytest.mark.unit
class TestHtml:
    def test_plain_text_of_the_editor_is_left_alone(self) -> None:
        html = '<h2>一</h2><p>二<b>三</b></p><ul><li><a linktype="page" id="3">四</a></li></ul>'

        assert clean_html(html, TEXT_FEATURES) is html

    def test_what_word_brings_along_goes_and_the_words_stay(self) -> None:
        clean = clean_html(WORD, TEXT_FEATURES)

        assert "先<b>问</b>清楚" in clean
        assert "再报价" in clean
        assert not any(mark in clean for mark in ("mso", "Mso", "style", "font", "span", "o:p", "<!--", "xml"))

    @pytest.mark.parametrize(
        "html",
        [
            "<p>字</p><script>alert(1)</script>",
            '<p>字</p><iframe src="https://evil.example"></iframe>',
            '<p onclick="alert(1)">字</p>',
            '<p>字<img src="x" onerror="alert(1)"></p>',
            "<p>字</p><svg><script>alert(1)</script></svg>",
            '<p>字<a href="javascript:alert(1)">x</a></p>',
            "<p>字</p><SCRIPT SRC=//evil.example></SCRIPT>",
            '<p>字</p><object data="x"></object><style>p{}</style>',
            "<p/onclick=alert(1)>字</p>",
            '<p>字<a href="javascript&#58;alert(1)">x</a></p>',
            '<p>字<a href="java&Tab;script:alert(1)">x</a></p>',
            '<p>字<a href="data:text/html,&lt;script&gt;alert(1)">x</a></p>',
            '<p>字<a href="/" onclick="alert(1)">x</a></p>',
            "<p>字<b\tonclick='alert(1)'>x</b></p>",
        ],
    )
    def test_no_script_frame_or_act_is_left(self, html: str) -> None:
        clean = clean_html(html, PLAIN_FEATURES).lower()

        assert "字" in clean
        assert not any(mark in clean for mark in ("script", "iframe", "onclick", "onerror", "alert", "evil", "<style"))


@pytest.mark.face
@pytest.mark.django_db
class TestPage:
    def test_no_way_of_saving_brings_script_to_the_visitor(self, client: Client) -> None:
        bad = "<p>先问清楚</p><script>alert('x')</script><iframe src='//evil.example'></iframe>"
        body = [
            {"type": "text", "value": bad},
            {"type": "callout", "value": {"kind": "note", "title": "提示", "text": bad, "reference": ""}},
            {"type": "steps", "value": {"steps": [{"title": "一", "text": bad}, {"title": "二", "text": bad}]}},
        ]
        page = make.standard_page("plain", body=body)
        page.save_revision().publish()

        said = client.get("/plain/").content.decode()

        assert said.count("先问清楚") == 4
        assert "evil.example" not in said
        assert "alert(" not in said

    def test_words_that_only_look_like_tags_are_shown_as_words(self, client: Client) -> None:
        make.standard_page("plain", title="怎样写 <script>", body=[{"type": "text", "value": "<p>a</p>"}])

        assert "怎样写 &lt;script&gt;" in client.get("/plain/").content.decode()

    def test_a_legal_text_is_cleaned_like_a_page(self) -> None:
        bad = [{"type": "text", "value": '<p>先问清楚<a href="javascript&#58;alert(1)">这里</a></p>'}]
        version = make.LegalVersionFactory(page=make.legal_page("terms"), body=bad)

        kept = type(version).objects.get(pk=version.pk).body[0].value.source

        assert "先问清楚" in kept
        assert "script" not in kept
