"""Opening and closing the classes of the populated demonstration, and bringing people in by their rosters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from lms.accounts.selectors.users import user_by_mail
from lms.cohorts.selectors.organisations import cohort_of_base, organisation_by_code
from lms.cohorts.services.cohorts import finish_cohort, open_cohort
from lms.cohorts.services.rosters.columns import HEADINGS, Column
from lms.cohorts.services.rosters.samples import text_bytes, workbook_bytes
from lms.cohorts.services.rosters.uploads import keep_upload, write_upload
from lms.kernel.levels import LevelCode
from lms.schemes.selectors.current import current_version
from lms.schemes.services.loading import load_scheme

from . import cast
from .happenings import Happening, day_at
from .population import Batch, Recruit

if TYPE_CHECKING:
    from lms.cohorts.models import Cohort

PILOT = Path(__file__).parent / "data" / "ttm-2022-pilot.yaml"
# This base still sends text tables, in the encoding of its old programs.
AS_TEXT = {"S", "D"}
_COLUMNS = (Column.NAME, Column.LATIN_NAME, Column.MAIL, Column.NUMBER, Column.EMPLOYER, Column.LEVEL)
_TITLES = {
    LevelCode.JUNIOR: ("初级技术经纪人", "Junior technology brokers", "初级"),
    LevelCode.INTERMEDIATE: ("中级技术经纪人", "Intermediate technology brokers", "中级"),
    LevelCode.SENIOR: ("高级技术经理人", "Senior technology managers", "高级"),
}
MANAGERS = {cast.BASE.code: cast.MANAGER.email, cast.OTHER_BASE.code: cast.OTHER_MANAGER.email}


class RosterNotRight(RuntimeError):
    """An invented roster was not taken whole: the demonstration itself is at fault."""


@dataclass(frozen=True)
class Roster:
    """A class and the file its people come in."""

    batch: Batch
    people: Sequence[Recruit]
    anchor: datetime

    def table(self) -> list[list[str]]:
        """Headings and a row for each person."""
        level = _TITLES[self.batch.level][2]
        rows = [
            [who.name, who.latin_name, who.email, who.identity_number, who.employer, level]
            for who in (recruit.who for recruit in self.people)
        ]
        return [[HEADINGS[column][0] for column in _COLUMNS], *rows]

    def file(self) -> tuple[str, bytes]:
        """Its name and its bytes."""
        name = self.batch.code_at(self.anchor)
        if self.batch.key in AS_TEXT:
            return f"{name} 名册.csv", text_bytes(self.table(), "gb18030")
        return f"{name} 名册.xlsx", workbook_bytes(self.table())


def class_happenings(roster: Roster) -> Iterator[Happening]:
    """A class opens, its roster comes in, and after its last day it is closed."""
    batch, anchor = roster.batch, roster.anchor
    opened = day_at(anchor, batch.roster, 0.1)
    yield Happening(opened, "", open_class, {"roster": roster})
    yield Happening(opened + timedelta(hours=1), "", bring_in, {"roster": roster})
    if batch.ends < 0:
        yield Happening(day_at(anchor, batch.ends + 3, 0.5), "", close_class, {"roster": roster})


def _cohort(roster: Roster) -> "Cohort | None":
    base = organisation_by_code(roster.batch.base)
    return cohort_of_base(base, roster.batch.code_at(roster.anchor)) if base else None


def open_class(_scene: object, _person: object, now: datetime, *, roster: Roster) -> None:
    """Open the class under the rules of its day; the cast's own is there already."""
    base = organisation_by_code(roster.batch.base)
    if base is None or _cohort(roster):
        return
    batch, anchor = roster.batch, roster.anchor
    title, title_en, _short = _TITLES[batch.level]
    first, last = batch.first_day(anchor), anchor + timedelta(days=batch.ends)
    open_cohort(
        organisation=base,
        code=batch.code_at(anchor),
        title=f"{title} {first.year} 年 {first.month} 月班",
        title_en=f"{title_en}, {first:%B %Y}",
        level=batch.level,
        scheme_version=load_scheme(PILOT, now=now) if batch.pilot else current_version(batch.first_day(anchor)),
        starts_on=first.date(),
        ends_on=last.date(),
        capacity=batch.capacity,
        now=now,
    )


def bring_in(_scene: object, _person: object, now: datetime, *, roster: Roster) -> None:
    """The manager looks at the file and writes it, as on the page; not a row of it may be wrong."""
    cohort, manager = _cohort(roster), user_by_mail(MANAGERS[roster.batch.base])
    if cohort is None or manager is None:
        raise RosterNotRight(roster.batch.key)
    name, content = roster.file()
    upload = keep_upload(cohort=cohort, name=name, content=content, uploaded_by=manager, now=now)
    plan = write_upload(upload=upload, written_by=manager, now=now + timedelta(minutes=4))
    if plan.counts["create"] != len(roster.people):
        raise RosterNotRight(f"{name}: {plan.as_json()}")


def close_class(_scene: object, _person: object, now: datetime, *, roster: Roster) -> None:
    """The last day is over."""
    cohort = _cohort(roster)
    if cohort is not None:
        finish_cohort(cohort=cohort, actor="system", now=now)
