import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from courses.blocks import DRAWINGS
from courses.services.checking import check_lessons
from courses.services.claims import DATA

pytestmark = pytest.mark.unit

COURSE = "jtb-foundations"
FIRST, SECOND = "technology-market", "patent-search"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two whole lessons of the house, to be spoilt."""
    shutil.copytree(DATA / "facts", tmp_path / "facts")
    (tmp_path / COURSE).mkdir()
    for name in (FIRST, SECOND):
        for path in (DATA / COURSE).glob(f"{name}*.yaml"):
            shutil.copy(path, tmp_path / COURSE)
    (tmp_path / COURSE / "course.yaml").write_text(yaml.dump({"lessons": [f"{FIRST}.yaml", f"{SECOND}.yaml"]}))
    return tmp_path


def codes(data: Path, drawings: Path = DRAWINGS) -> list[tuple[str, str]]:
    return sorted((fault.where, fault.code) for fault in check_lessons(data, drawings))


def spoil(data: Path, change: Callable[[dict], object], name: str = FIRST) -> None:
    path = data / COURSE / f"{name}.yaml"
    lesson = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(lesson)
    path.write_text(yaml.dump(lesson, allow_unicode=True), encoding="utf-8")


def values(lesson: dict, kind: str) -> list:
    return [block[kind] for block in lesson["blocks"] if kind in block]


def test_the_lessons_of_the_house_have_nothing_wrong() -> None:
    assert list(check_lessons()) == []


def test_whole_lessons_have_nothing_wrong(data) -> None:
    assert codes(data) == []


def state(words: str) -> Callable[[dict], None]:
    def change(lesson: dict) -> None:
        values(lesson, "callout")[0]["text"] += f"<p>{words}</p>"

    return change


def article_less(lesson: dict) -> None:
    values(lesson, "sources")[0][0]["detail"] = "2021 年起施行"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda lesson: values(lesson, "callout")[0].update(text="<p>长。</p>" * 900), "length", id="long"),
        pytest.param(lambda lesson: lesson.update(minutes=30), "minutes", id="more minutes than words"),
        pytest.param(lambda lesson: values(lesson, "sources")[0].clear(), "sources", id="no sources"),
        pytest.param(article_less, "sources", id="a statute without its articles"),
        pytest.param(lambda lesson: lesson["facts"].append("law-moon-1"), "fact-unknown", id="a fact nobody knows"),
        pytest.param(
            lambda lesson: values(lesson, "check")[0].update(rests_on=["law-moon-1"]),
            "key-unverified",
            id="a key on an unknown fact",
        ),
        pytest.param(
            lambda lesson: values(lesson, "check")[0].update(rests_on=[]), "key-unverified", id="a key on nothing"
        ),
        pytest.param(state("斯坦福大学只收专利费用。"), "unverified", id="a statement that was not verified"),
        pytest.param(
            lambda lesson: values(lesson, "figure")[0].update(drawing="nowhere"), "drawing", id="no such drawing"
        ),
    ],
)
def test_each_fault_is_found_where_it_is(data, change, code) -> None:
    spoil(data, change)
    assert codes(data) == [(f"{COURSE}/{FIRST}.yaml", code)] * (2 if code == "drawing" else 1)


def test_a_question_too_few_is_told_and_breaks_the_twin(data) -> None:
    def one_less(lesson: dict) -> None:
        lesson["blocks"].remove(next(block for block in lesson["blocks"] if "check" in block))

    spoil(data, one_less)
    assert [code for _where, code in codes(data) if code != "minutes"] == ["questions", "twin"]


def test_a_second_hand_fact_may_be_told_and_carries_no_key(data) -> None:
    (data / "facts" / "more.yaml").write_text(
        yaml.dump([{"id": "told-1", "statement": "据说。", "source": "公开报道", "status": "second-hand"}])
    )
    spoil(data, lambda lesson: lesson["facts"].append("told-1"))
    assert codes(data) == []
    spoil(data, lambda lesson: values(lesson, "check")[0].update(rests_on=["told-1"]))
    assert codes(data) == [(f"{COURSE}/{FIRST}.yaml", "key-unverified")]


def test_a_sentence_that_says_itself_that_it_is_old_is_let_through(data) -> None:
    spoil(data, state("过去的材料常说“四技合同”。"))
    assert codes(data) == []


def test_a_paragraph_said_nearly_alike_in_two_lessons_is_told(data) -> None:
    said = "企业的人说不清缺的是哪一项技术时，先请他把上个月停机的那三次从头讲一遍。"
    spoil(data, state(said))
    spoil(data, state(said.replace("上个月", "上一周")), SECOND)
    assert codes(data) == [(f"{COURSE}/{SECOND}.yaml", "repeated")]


def test_a_figure_of_two_lessons_is_told(data) -> None:
    first = yaml.safe_load((data / COURSE / f"{FIRST}.yaml").read_text())
    name = values(first, "figure")[0]["drawing"]
    spoil(data, lambda lesson: values(lesson, "figure")[0].update(drawing=name), SECOND)
    assert codes(data) == [(f"{COURSE}/{SECOND}.yaml", "figure-repeated")]


@pytest.mark.parametrize("unsafe", ["<script>alert(1)</script>", '<rect style="fill:red"/>', '<rect fill="#ff0000"/>'])
def test_a_drawing_with_script_style_or_colours_is_told(data, tmp_path, unsafe) -> None:
    drawings = tmp_path / "drawings"
    shutil.copytree(DRAWINGS, drawings)
    spoilt = drawings / "contract-market.svg"
    spoilt.write_text(spoilt.read_text().replace("</svg>", f"{unsafe}</svg>"))
    assert codes(data, drawings) == [(f"{COURSE}/{FIRST}.yaml", "drawing")]


def test_answers_that_can_be_guessed_are_told_with_their_share(data) -> None:
    def obvious(lesson: dict) -> None:
        for question in values(lesson, "check"):
            right = next(option for option in question["options"] if option.get("right"))
            question["options"].sort(key=lambda option: option is not right)
            right["text"] += "，而且要把理由、证据、日期和经手人都写在同一张纸上再让双方都看过"

    for name in (FIRST, SECOND):
        (data / COURSE / f"{name}.en.yaml").unlink()
        spoil(data, obvious, name)
    told = [fault.message for fault in check_lessons(data) if fault.code == "guessable"]
    assert [message.count("100 %") for message in told] == [1, 1]


def test_an_english_twin_of_another_shape_is_told(data) -> None:
    twin = data / COURSE / f"{FIRST}.en.yaml"
    english = yaml.safe_load(twin.read_text())
    table = values(english, "table")[0]
    table["rows"].pop()
    twin.write_text(yaml.dump(english, allow_unicode=True))
    assert codes(data) == [(f"{COURSE}/{FIRST}.yaml", "twin")]


def test_a_fact_that_is_registered_twice_is_told(data) -> None:
    rows = yaml.safe_load((data / "facts" / "higher.yaml").read_text(encoding="utf-8"))[:1]
    (data / "facts" / "twice.yaml").write_text(yaml.dump(rows, allow_unicode=True), encoding="utf-8")
    assert codes(data) == [(f"facts/{rows[0]['id']}", "fact-twice")]
