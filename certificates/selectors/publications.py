"""What was put out, and what status lists should hold."""

from certificates.enums import STATE_OF_PURPOSE, StatusPurpose
from certificates.models import Certificate, Publication, StatusList


def newest(path: str) -> Publication | None:
    """The signed text that stands at `path` now."""
    return Publication.objects.filter(path=path).order_by("-pk").first()


def newest_of(paths: list[str]) -> dict[str, str]:
    """Path → text of the newest publication at each of `paths`; one query."""
    rows = Publication.objects.filter(path__in=paths).order_by("pk").values_list("path", "text")
    return dict(rows)


def set_bits(status_list: StatusList, purpose: StatusPurpose) -> list[int]:
    """The places in this list whose certificates are in the state that `purpose` speaks of."""
    rows = Certificate.objects.filter(status_list=status_list, state=STATE_OF_PURPOSE[purpose])
    return list(rows.order_by("status_index").values_list("status_index", flat=True))
