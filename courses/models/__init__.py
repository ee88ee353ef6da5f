from .course import Course, CourseVersion
from .enrolment import Enrolment, EnrolmentEvent
from .lesson import Lesson
from .page import CourseIndexPage, CoursePage
from .progress import EnrolmentProgress, ItemProgress
from .study import StudyInterval, StudyLease

__all__ = [
    "Course",
    "CourseIndexPage",
    "CoursePage",
    "CourseVersion",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentProgress",
    "ItemProgress",
    "Lesson",
    "StudyInterval",
    "StudyLease",
]
