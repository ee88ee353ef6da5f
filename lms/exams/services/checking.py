"""Looking through the banks that come with the house: what an examiner, a lawyer or a cheat would find."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from cms.foundation.services.checking import Fault, register_check
from lms.exams.services.bank_file import DATA, BankFile, Item, read_bank
from lms.exams.services.guessing import guesses
from lms.exams.services.laws import LAWS
from lms.kernel.data_files import parse_yaml

SHORTEST_EXPLANATION = 20


@register_check("questions")
def check_questions(banks: Path = DATA / "banks", laws: Path = LAWS) -> Iterator[Fault]:
    """Everything that is wrong in the banks of a folder; a bank that cannot be read raises as loading it would."""
    in_force = _in_force(laws)
    for folder in sorted(path for path in banks.iterdir() if path.is_dir()):
        bank = read_bank(folder)
        for item in bank.every_item():
            yield from _one(folder.name, item, in_force)
        yield from _repeated(folder.name, bank)
        yield from _guessable(folder.name, bank)


def _in_force(laws: Path) -> dict[str, date]:
    """The day from which the newest wording of each legal text is in force."""
    rows = parse_yaml(laws.read_text(encoding="utf-8"))
    return {row["code"]: max(wording["in_force_from"] for wording in row["wordings"]) for row in rows}


def _one(bank: str, item: Item, in_force: dict[str, date]) -> Iterator[Fault]:
    where = f"banks/{bank}/{item.ref}"
    if len(item.explanation) < SHORTEST_EXPLANATION:
        yield Fault(where, "explanation", _("The explanation says too little."))
    if not item.rests_on:
        yield Fault(where, "rests-on", _("The key names nothing that it rests on."))
    for basis in item.law:
        if basis.law not in in_force:
            yield Fault(where, "law-unknown", _("The list of legal texts has no “%(law)s”.") % {"law": basis.law})
        elif basis.as_of < in_force[basis.law]:
            told = _("It rests on the wording of %(law)s of %(day)s; a newer one is in force.")
            yield Fault(where, "law-outdated", told % {"law": basis.law, "day": basis.as_of.isoformat()})


def _repeated(bank: str, file: BankFile) -> Iterator[Fault]:
    said: dict[str, list[str]] = defaultdict(list)
    for item in file.every_item():
        said["".join(item.stem.split())].append(item.ref)
    for refs in said.values():
        for ref in refs[1:]:
            yield Fault(f"banks/{bank}/{ref}", "repeated", _("%(ref)s asks the same.") % {"ref": refs[0]})


def _guessable(bank: str, file: BankFile) -> Iterator[Fault]:
    for guess in guesses(list(file.every_item())):
        if guess.works:
            told = _(
                "The trick “%(trick)s” answers %(share)s %% of %(questions)s questions; chance gives %(chance)s %%."
            )
            figures = {
                "trick": guess.trick,
                "share": f"{guess.share * 100:.0f}",
                "questions": guess.questions,
                "chance": f"{guess.chance * 100:.0f}",
            }
            yield Fault(f"banks/{bank}", "guessable", told % figures)
