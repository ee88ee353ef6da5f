import pytest

from simulations.views.laying import laid_out

pytestmark = pytest.mark.unit


def test_lines_become_paragraphs_points_and_a_table() -> None:
    html = laid_out("一、先看\n- 封面\n- 签名\n年份 | 产量\n--- | ---\n2024 | 12\n2025 ｜ 15")

    assert html.startswith("<p>一、先看</p>")
    assert "<ul><li>封面</li><li>签名</li></ul>" in html
    assert '<th scope="col">年份</th><th scope="col">产量</th>' in html
    assert html.count("<tr>") == 3
    assert "<td>2025</td><td>15</td>" in html


def test_a_single_barred_line_stays_a_sentence() -> None:
    assert laid_out("甲 | 乙") == "<p>甲 | 乙</p>"


def test_nothing_of_a_paper_is_taken_for_markup() -> None:
    assert "<script>" not in laid_out("<script>alert(1)</script>\n<b> | </b>\nx | y")
