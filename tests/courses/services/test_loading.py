import re
from pathlib import Path

import pytest
import yaml

from courses.models import Course, CourseIndexPage, CourseVersion, Lesson
from courses.services.loading import DATA, CourseFileUnreadable, CourseOfAnotherBase, load_course
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

FOLDER = DATA / "jtb-foundations"


@pytest.fixture
def own_copy(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_the_course_of_the_house_has_two_lessons_of_twenty_five_minutes(now) -> None:
    version = load_course("jtb-foundations", OrganisationFactory(), now)
    assert [(item["module"], item["minutes"]) for item in version.outline["items"]] == [
        ("public-knowledge", 25),
        ("practical-skills", 25),
    ]
    assert (version.no, version.frozen_at, version.course.code) == (1, now, "jtb-foundations")
    assert version.course.page.live


def test_loading_again_changes_nothing(now) -> None:
    organisation = OrganisationFactory()
    version = load_course("jtb-foundations", organisation, now)
    revisions = Lesson.objects.first().revisions.count()
    assert load_course("jtb-foundations", organisation, now) == version
    assert Lesson.objects.first().revisions.count() == revisions
    assert (CourseVersion.objects.count(), CourseIndexPage.objects.count()) == (1, 1)


def test_a_changed_file_makes_the_next_version(now, own_copy) -> None:
    organisation = OrganisationFactory()
    load_course(own_copy, organisation, now)
    course = own_copy / "course.yaml"
    course.write_text(course.read_text().replace("  - between-lab-and-plant.yaml\n", ""))
    version = load_course(own_copy, organisation, now)
    assert version.no == 2
    assert [item["item_uid"] for item in version.outline["items"]] == ["from-complaint-to-demand"]


def test_a_course_of_another_base_is_refused(now) -> None:
    load_course("jtb-foundations", OrganisationFactory(), now)
    with pytest.raises(CourseOfAnotherBase):
        load_course("jtb-foundations", OrganisationFactory(), now)


@pytest.mark.parametrize("text", [None, b"\xff\xfe\x00", b"[1, 2", b"- only a list"])
def test_a_folder_that_cannot_be_read_leaves_nothing_behind(now, own_copy, text) -> None:
    broken = own_copy / "from-complaint-to-demand.yaml"
    broken.unlink() if text is None else broken.write_bytes(text)
    with pytest.raises(CourseFileUnreadable):
        load_course(own_copy, OrganisationFactory(), now)
    assert (Course.objects.count(), Lesson.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["between-lab-and-plant.yaml", "from-complaint-to-demand.yaml"])
class TestEachLesson:
    def lesson(self, name: str) -> dict:
        return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))

    def blocks(self, name: str, kind: str) -> list:
        return [block[kind] for block in self.lesson(name)["blocks"] if kind in block]

    def test_is_long_enough_to_be_a_lesson(self, name) -> None:
        characters = re.findall(r"[\u4e00-\u9fff]", yaml.dump(self.lesson(name)["blocks"], allow_unicode=True))
        assert 2500 <= len(characters) <= 4000

    def test_has_a_drawing_in_two_widths_that_says_what_it_shows(self, name) -> None:
        (figure,) = self.blocks(name, "figure")
        for width in ("", "-narrow"):
            text = (DATA.parent / f"static/courses/figures/{figure['drawing']}{width}.svg").read_text()
            assert re.search(r"<title id=.+</title>", text)
            assert re.search(r"<desc id=.+</desc>", text)
            assert not re.search(r"style=|#[0-9a-fA-F]{3,6}\b", text)

    def test_asks_three_to_five_questions_with_an_explanation(self, name) -> None:
        checks = self.blocks(name, "check")
        assert 3 <= len(checks) <= 5
        assert all(sum(option.get("right", False) for option in check["options"]) == 1 for check in checks)
        assert all(check["explanation"].strip() for check in checks)

    def test_names_its_statutes_by_article_and_no_working_tags(self, name) -> None:
        (sources,) = self.blocks(name, "sources")
        assert all("条" in source["detail"] for source in sources if source["kind"] == "statute")
        assert not re.search(r"\bS00\d\b|\bP-\d|\bL-[A-Z]{2}|\[(M|ILL|REC|V|S)\]", yaml.dump(self.lesson(name)))

    def test_says_that_its_firms_are_invented(self, name) -> None:
        cases = [callout for callout in self.blocks(name, "callout") if callout["kind"] == "case"]
        assert cases
        assert all("虚构" in case["reference"] for case in cases)
