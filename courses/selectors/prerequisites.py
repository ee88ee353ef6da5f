"""What a course asks for before it is taken up, and where a person stands before that."""

from typing import TYPE_CHECKING

from lms.schemes.selectors.standing import evaluate_for

if TYPE_CHECKING:
    from courses.models import Course
    from lms.schemes.selectors.standing import NodeStanding

# Nobody has this key: for a visitor every rule is told, and none is met.
NOBODY = 0


def prerequisites_of(course: "Course", person_id: int | None) -> "NodeStanding | None":
    """The rules of a course with where the person stands (one query); None where there are none."""
    if not course.prerequisites:
        return None
    return evaluate_for(NOBODY if person_id is None else person_id, course.prerequisites)
