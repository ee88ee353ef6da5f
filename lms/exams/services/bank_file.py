"""A question bank as its authors write it: strict, and every fault said with its place."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from lms.exams.enums import Difficulty, QuestionKind
from lms.exams.services.key_shapes import Key, check_key
from lms.kernel.commands import UnreadableInput
from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Refusal

DATA = Path(__file__).resolve().parent.parent / "data"
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
HEAD = "bank.yaml"
# What stands in a draft from a file that explains nothing; nobody lets it pass as an explanation.
NO_EXPLANATION = "（导入的文件里没有解析，发布前请写上。）"


class BankUnreadable(UnreadableInput):
    message = _("“%(path)s” cannot be read as a question bank: %(problem)s")


class BankInvalid(Refusal):
    code = "bank-invalid"
    message = _("“%(path)s” is not a right question bank. %(problems)s")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """One thing to choose, to place or to match."""

    id: Slug
    text: Text
    text_en: str = ""


class Unit(Option):
    """A unit to choose for a number; `factor` turns one of it into the first unit."""

    factor: str = "1"


class Basis(Strict):
    """An article of a legal text, in the wording in force from `as_of`."""

    law: Slug
    article: Text
    as_of: date


class Item(Strict):
    """One question."""

    ref: Slug
    kind: QuestionKind
    topic: Slug
    difficulty: Difficulty
    level: str = ""
    competency: str = ""
    law: list[Basis] = Field(default_factory=list)
    rests_on: list[Slug] = Field(default_factory=list)
    stem: Text
    stem_en: str = ""
    options: list[Option] = Field(default_factory=list)
    choices: list[Option] = Field(default_factory=list)
    unit: str = ""
    unit_en: str = ""
    units: list[Unit] = Field(default_factory=list)
    limit: int | None = Field(default=None, ge=50, le=4000)
    figures: list[str] = Field(default_factory=list)
    key: Key
    explanation: Text
    explanation_en: str = ""
    source: Text

    @model_validator(mode="after")
    def _key_fits(self) -> "Item":
        for group in (self.options, self.choices, self.units):
            ids = [entry.id for entry in group]
            if len(ids) != len(set(ids)):
                raise ValueError("two options have one id")
        check_key(
            self.kind,
            self.key,
            options=[option.id for option in self.options],
            choices=[choice.id for choice in self.choices],
            stem=self.stem,
        )
        if (self.kind == QuestionKind.ESSAY) != (self.limit is not None):
            raise ValueError("an essay, and nothing else, has a limit of characters")
        return self

    def body(self) -> dict[str, Any]:
        """What a candidate may read."""
        words = {"stem": self.stem, "stem_en": self.stem_en, "unit": self.unit, "unit_en": self.unit_en}
        lists: list[tuple[str, Sequence[Option]]] = [("choices", self.choices), ("units", self.units)]
        return {
            "schema": 1,
            **{name: text for name, text in words.items() if text},
            "options": [option.model_dump(exclude_defaults=True) for option in self.options],
            **{name: [entry.model_dump() for entry in group] for name, group in lists if group},
            **({"blanks": len(self.key.blanks)} if self.key.blanks else {}),
            **({"limit": self.limit} if self.limit else {}),
            **({"figures": self.figures} if self.figures else {}),
        }

    def accepted(self) -> dict[str, Any]:
        """What the key accepts."""
        return self.key.model_dump(exclude_none=True)


class Case(Strict):
    """A text with questions of its own, drawn together and in this order."""

    ref: Slug
    title: Text
    title_en: str = ""
    text: Text
    text_en: str = ""
    figures: list[str] = Field(default_factory=list)
    questions: list[Item] = Field(min_length=1)

    def body(self) -> dict[str, Any]:
        """What a candidate may read before the questions."""
        words = {"title": self.title, "title_en": self.title_en, "text": self.text, "text_en": self.text_en}
        return {"schema": 1, **{name: text for name, text in words.items() if text}, "figures": self.figures}


class BankFile(Strict):
    """A whole bank; schema 2 knows more kinds, cases, levels and legal bases than schema 1."""

    schema_: Literal[1, 2] = Field(alias="schema")
    code: Slug
    title: Text
    title_en: str = ""
    level: str = ""
    questions: list[Item] = Field(default_factory=list)
    cases: list[Case] = Field(default_factory=list)

    @model_validator(mode="after")
    def _refs_once(self) -> "BankFile":
        refs = [item.ref for item in self.every_item()] + [f"case {case.ref}" for case in self.cases]
        twice = sorted({ref for ref in refs if refs.count(ref) > 1})
        if twice:
            raise ValueError(f"two questions have one ref: {', '.join(twice)}")
        if not refs:
            raise ValueError("a bank has questions")
        return self

    def every_item(self) -> Iterator[Item]:
        """Every question, those of cases included."""
        yield from self.questions
        for case in self.cases:
            yield from case.questions


def _said(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc']) or 'bank'}: {fault['msg']}" for fault in error.errors()
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        data = parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BankUnreadable(path=path.name, problem=str(error)) from error
    if not isinstance(data, dict):
        raise BankUnreadable(path=path.name, problem="no mapping")
    return data


def _gathered(folder: Path) -> dict[str, Any]:
    """A bank kept as a folder: its head, and files of questions and cases beside it."""
    data = _parsed(folder / HEAD)
    data["questions"], data["cases"] = [], []
    for path in sorted(folder.glob("*.yaml")):
        if path.name != HEAD:
            part = _parsed(path)
            data["questions"] += part.get("questions", [])
            data["cases"] += part.get("cases", [])
    return data


def read_bank(path_or_name: str | Path) -> BankFile:
    """The bank in a file or folder, or the one of this name in `lms/exams/data` or `lms/exams/data/banks`."""
    path = Path(path_or_name)
    if not path.suffix and not path.is_dir():
        path = next((p for p in (DATA / "banks" / path, DATA / f"{path}.yaml") if p.exists()), DATA / f"{path}.yaml")
    try:
        return BankFile.model_validate(_gathered(path) if path.is_dir() else _parsed(path))
    except ValidationError as error:
        raise BankInvalid(path=path.name, problems=_said(error)) from error
