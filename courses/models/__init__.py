from .announcement import Announcement
from .application import Application, ApplicationDocument, ApplicationEvent
from .correction import StudyCorrection
from .course import Course, CourseVersion
from .discussion import ModerationEvent, Reply, Thread
from .enrolment import Enrolment, EnrolmentEvent, VersionAnswer
from .feed import CalendarFeed
from .lesson import Lesson
from .margin import LessonNote, ReadingPlace
from .offering import Offering
from .page import CourseIndexPage, CoursePage
from .practice import PracticeEvent, PracticeEvidence, PracticeRecord
from .progress import EnrolmentProgress, ItemProgress, StudyDay
from .release import VersionRelease
from .study import PresenceAnswer, StudyInterval, StudyLease, StudySettlement

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
    "PresenceAnswer",
    "ReadingPlace",
    "Reply",
    "StudyCorrection",
    "StudyDay",
    "StudyInterval",
    "StudyLease",
    "StudySettlement",
    "Thread",
    "VersionAnswer",
    "VersionRelease",
]
