"""Under whose eyes exams were sat, for rooms that rest decisions on their facts."""

from collections.abc import Collection

from lms.exams.enums import ExamMode
from lms.exams.models import Result

OURS = "exams.attempt:"


def modes_of(sources: Collection[str]) -> dict[str, ExamMode]:
    """The mode of the exam behind each of these facts, by the fact's source; others are left out (one query)."""
    uids = {source: source.removeprefix(OURS).split(":")[0] for source in sources if source.startswith(OURS)}
    if not uids:
        return {}
    rows = Result.objects.filter(attempt__uid__in=set(uids.values()), seq=1).values_list("attempt__uid", "mode")
    modes = {str(uid): ExamMode(mode) for uid, mode in rows}
    return {source: modes[uid] for source, uid in uids.items() if uid in modes}
