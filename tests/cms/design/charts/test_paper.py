import pytest
from django.utils.translation import override

from cms.design.charts.paper import Drawing, cloud, group, line, place, polyline, rect, staircase, text

pytestmark = [pytest.mark.unit]


@pytest.mark.parametrize(("number", "written"), [(1, "1"), (1.25, "1.2"), (-0.01, "0"), (12.34, "12.3"), (0, "0")])
def test_a_place_is_written_to_one_tenth_whatever_the_language(number, written) -> None:
    with override("de"):
        assert place(number) == written


def test_paths_are_made_of_places_only() -> None:
    points = [(0, 0), (1.5, 2.25)]
    assert polyline(points) == "M0 0L1.5 2.2"
    assert staircase(points) == "M0 0H1.5V2.2"
    assert cloud(points) == "M0 0h.01M1.5 2.2h.01"


def test_words_of_people_are_escaped() -> None:
    drawing = Drawing(100, 50, [group("pt", [rect("f1", 0, 0, 10, 10)], '<b>"A & B"</b>'), text("1 < 2", 3, 4)])
    assert drawing.view_box == "0 0 100 50"
    assert drawing.body == (
        '<g class="pt"><title>&lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt;</title>'
        '<rect class="f1" x="0" y="0" width="10" height="10"></rect></g><text x="3" y="4">1 &lt; 2</text>'
    )


def test_a_line_is_a_path_and_a_rectangle_is_never_inside_out() -> None:
    assert line("axis", (0, 1), (2, 3)).written() == '<path class="axis" d="M0 1L2 3"></path>'
    assert rect("f1", 5, 5, -1, 2).at["width"] == 0
