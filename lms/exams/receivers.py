"""What this room registers and listens to."""

from lms.exams.services import checking  # noqa: F401 -- registers what is looked through
