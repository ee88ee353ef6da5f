"""How fresh the published lists are, by which strangers verify without asking us."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from certificates.models import Publication

from .addresses import REGISTRY

STATUS = "status/"


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the registry and the newest and the oldest status list were put out; nothing where there is none."""

    registry_at: datetime | None
    newest_status_at: datetime | None
    status_lists: int


def freshness() -> Freshness:
    """When the lists were put out (one query)."""
    of_path = Publication.objects.filter(Q(path=REGISTRY) | Q(path__startswith=STATUS))
    newest = dict(of_path.order_by().values_list("path").annotate(Max("published_at")))
    status = [at for path, at in newest.items() if path.startswith(STATUS)]
    return Freshness(newest.get(REGISTRY), max(status, default=None), len(status))
