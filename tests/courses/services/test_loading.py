from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from courses.models import Course, CourseIndexPage, CourseVersion, Lesson
from courses.selectors.outlines import blocks_here
from courses.services.loading import DATA, CourseFileUnreadable, CourseOfAnotherBase, load_course
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

FOLDER = DATA / "jtb-foundations"


@pytest.fixture
def own_copy(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_the_junior_course_has_sixteen_lessons_of_fifteen_minutes_in_four_modules(now) -> None:
    version = load_course("jtb-foundations", OrganisationFactory(), now)
    items = version.outline["items"]
    assert Counter(item["module"] for item in items) == {
        "public-knowledge": 4,
        "policy-and-law": 4,
        "practical-skills": 5,
        "capability-improvement": 3,
    }
    assert {item["minutes"] for item in items} == {15}
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
    uids = [item["item_uid"] for item in version.outline["items"]]
    assert (len(uids), uids[0]) == (15, "technology-market")


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


def test_topic_facts_and_the_english_twin_are_frozen(now) -> None:
    version = load_course("jtb-foundations", OrganisationFactory(), now)
    data = yaml.safe_load((FOLDER / "technology-market.yaml").read_text(encoding="utf-8"))
    english = yaml.safe_load((FOLDER / "technology-market.en.yaml").read_text(encoding="utf-8"))
    item = next(item for item in version.outline["items"] if item["item_uid"] == data["item_uid"])
    assert (item["topic"], item["facts"]) == (data["topic"], data["facts"])
    assert item["title_en"] == english["title"]
    assert item["sections_en"] == [block["section"] for block in english["blocks"] if "section" in block]
    with translation.override("en"):
        language, blocks = blocks_here(version, data["item_uid"])
    assert (language, [block["type"] for block in blocks]) == ("en", [next(iter(b)) for b in english["blocks"]])
