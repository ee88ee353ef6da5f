"""Inventing people: names, mail addresses, birthdays, employers. The same place gives the same person for ever."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from lms.accounts.validators import compose_identity_number
from lms.kernel.data_files import parse_yaml
from simulations.engine.chance import pick, u01

from .cast import DEMO_REGION

SEED = "jiqiao-demo-people"
WHOLE_EVERY, COMPOUND_SHARE, SINGLE_SHARE = 29, 0.05, 0.24
_MANY = 366 * 30


@dataclass(frozen=True)
class Invented:
    """A person as a roster names them."""

    name: str
    latin_name: str
    email: str
    born: date
    order: int
    employer: str

    @property
    def identity_number(self) -> str:
        """A number that passes every check and belongs to nobody."""
        return compose_identity_number(region=DEMO_REGION, born=self.born, order=self.order)


@dataclass(frozen=True)
class _Parts:
    family: list[list[str]]
    compound: list[list[str]]
    given: list[list[str]]
    whole: list[list[str]]
    employers: list[str]


@cache
def _parts() -> _Parts:
    path = Path(__file__).parent / "data" / "people.yaml"
    return _Parts(**parse_yaml(path.read_text(encoding="utf-8")))


def _made(place: int) -> tuple[str, str]:
    """A name of two to four characters."""
    parts, at = _parts(), str(place)
    families = parts.compound if u01(SEED, at, "compound") < COMPOUND_SHARE else parts.family
    family, spelt = pick(SEED, families, at, "family")
    first, first_spelt = pick(SEED, parts.given, at, "first")
    if u01(SEED, at, "single") < SINGLE_SHARE:
        return family + first, f"{spelt} {first_spelt.title()}"
    second, second_spelt = pick(SEED, parts.given, at, "second")
    return family + first + second, f"{spelt} {(first_spelt + second_spelt).title()}"


def _name(place: int) -> tuple[str, str]:
    """Every so often a whole name from the list: dots, rare characters."""
    turn, is_whole = divmod(place, WHOLE_EVERY)
    if is_whole == WHOLE_EVERY // 2 and turn < len(_parts().whole):
        name, latin_name = _parts().whole[turn]
        return name, latin_name
    return _made(place)


def _mailbox(latin_name: str) -> str:
    plain = unicodedata.normalize("NFKD", latin_name).encode("ascii", "ignore").decode()
    return ".".join(plain.lower().split())


def invented_people(taken: set[str]) -> Iterator[Invented]:
    """People without end, each with a mail address that nobody in `taken` or before them has."""
    used = set(taken)
    for place in range(_MANY):
        name, latin_name = _name(place)
        mailbox, twins = _mailbox(latin_name), 1
        while (email := f"{mailbox}{twins if twins > 1 else ''}@jiqiao.example") in used:
            twins += 1
        used.add(email)
        yield Invented(
            name=name,
            latin_name=latin_name,
            email=email,
            born=date(1966, 1, 1) + timedelta(days=int(u01(SEED, place, "born") * 365 * 37)),
            order=300 + place % 690,
            employer=pick(SEED, _parts().employers, place, "employer"),
        )
