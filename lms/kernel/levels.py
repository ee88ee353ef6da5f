"""The three levels of the credential; the code never changes, each scheme names them as it likes."""

from enum import StrEnum


class LevelCode(StrEnum):
    """Level codes of the capability level syllabus, lowest first."""

    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"

    @property
    def rank(self) -> int:
        """1 for junior, 3 for senior: the digit that a certificate's serial carries."""
        return list(LevelCode).index(self) + 1
