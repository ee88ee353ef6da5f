from .job import Job
from .recurrence import Recurrence

__all__ = ["Job", "Recurrence"]
