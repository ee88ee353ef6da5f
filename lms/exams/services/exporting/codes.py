"""The words that a sheet of questions may use: topics and competencies of the rules in force, legal texts."""

from datetime import datetime

from lms.exams.selectors.laws import every_law, newest_days
from lms.exams.selectors.tags import tags_in_force

from .xlsx import Codes


def codes_in_force(now: datetime) -> Codes:
    """Topics, competencies and legal texts with the day of their newest wording."""
    tags, days = tags_in_force(now), newest_days(now)
    return Codes(
        topics=[(topic.code, topic.title) for topic in tags.topics],
        laws=[(law.code, law.title, days[law.code].isoformat()) for law in every_law() if law.code in days],
        competencies=[(each.code, each.name) for each in tags.competencies],
    )
