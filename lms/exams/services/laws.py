"""Legal texts that questions rest on, and the days from which their wordings are in force."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.models import Law, LawWording
from lms.exams.services.bank_file import DATA
from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Conflict
from lms.records.services.audit import record

LAWS = DATA / "laws.yaml"


class WordingThere(Conflict):
    code = "law-wording-there"
    message = _("“%(law)s” already has a wording in force from %(day)s.")


@transaction.atomic
def enter_law(*, code: str, title: str, title_en: str = "") -> Law:
    """Add a legal text to the list; the code again answers the one that is there."""
    law, _created = Law.objects.get_or_create(code=code, defaults={"title": title, "title_en": title_en})
    return law


@transaction.atomic
def enter_wording(*, law: Law, in_force_from: date, note: str, source: str, actor: str, now: datetime) -> LawWording:
    """Write down that a new wording is in force from a day; questions on an older one are flagged from then on."""
    wording, is_new = LawWording.objects.get_or_create(
        law=law, in_force_from=in_force_from, defaults={"note": note, "source": source, "entered_at": now}
    )
    if not is_new:
        raise WordingThere(law=law.title, day=in_force_from.isoformat())
    record(
        action="law-wording-entered",
        actor=actor,
        subject=f"exams.law:{law.code}",
        detail={"in_force_from": in_force_from.isoformat(), "note": note, "source": source},
        now=now,
    )
    return wording


@transaction.atomic
def load_laws(path: Path = LAWS, *, now: datetime) -> int:
    """Bring the list to what the file says; gives how many wordings were new. Nothing is taken away."""
    new = 0
    for row in parse_yaml(path.read_text(encoding="utf-8")):
        law = enter_law(code=row["code"], title=row["title"], title_en=row["title_en"])
        for wording in row["wordings"]:
            _row, is_new = LawWording.objects.get_or_create(
                law=law,
                in_force_from=wording["in_force_from"],
                defaults={"note": wording["note"], "source": wording["source"], "entered_at": now},
            )
            new += is_new
    return new
