from .announcement import Announcement
from .application import Application, ApplicationDocument, ApplicationEvent
from .course import Course, CourseVersion
from .discussion import ModerationEvent, Reply, Thread
from .enrolment import Enrolment, EnrolmentEvent, VersionAnswer
from .feed import CalendarFeed
from .lesson import Lesson
from .margin import LessonNote, ReadingPlace
from .offering import Offering
from .page import CourseIndexPage, CoursePage
from .practice import PracticeEvent, PracticeEvidence, PracticeRecord
from .progress import EnrolmentProgress, ItemProgress
from .release import VersionRelease
from .study import StudyInterval, StudyLease

__all__ = [
    "Announcement",
    "Application",
    "ApplicationDocument",
    "ApplicationEvent",
    "CalendarFeed",
    "Course",
    "CourseIndexPage",
    "CoursePage",
    "CourseVersion",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentProgress",
    "ItemProgress",
    "Lesson",
    "LessonNote",
    "ModerationEvent",
    "Offering",
    "PracticeEvent",
    "PracticeEvidence",
    "PracticeRecord",
    "ReadingPlace",
    "Reply",
    "StudyInterval",
    "StudyLease",
    "Thread",
    "VersionAnswer",
    "VersionRelease",
]
