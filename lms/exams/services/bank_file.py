"""A question bank as its authors write it: strict, and every fault said with its place."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from lms.exams.enums import CHOICE_KINDS, Difficulty, QuestionKind
from lms.exams.validators import NotAnAnswer, as_number
from lms.kernel.commands import UnreadableInput
from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Refusal

DATA = Path(__file__).resolve().parent.parent / "data"
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class BankUnreadable(UnreadableInput):
    message = _("“%(path)s” cannot be read as a question bank: %(problem)s")


class BankInvalid(Refusal):
    code = "bank-invalid"
    message = _("“%(path)s” is not a right question bank. %(problems)s")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """One thing to choose."""

    id: Slug
    text: Text
    text_en: str = ""


class Key(Strict):
    """What is right: one option, several options, or a number with its tolerance."""

    option: str | None = None
    options: list[str] | None = None
    value: str | None = None
    tolerance: str | None = None


class Item(Strict):
    """One question."""

    ref: Slug
    kind: QuestionKind
    topic: Slug
    difficulty: Difficulty
    stem: Text
    stem_en: str = ""
    options: list[Option] = Field(default_factory=list)
    unit: str = ""
    unit_en: str = ""
    key: Key
    explanation: Text
    explanation_en: str = ""
    source: Text

    @model_validator(mode="after")
    def _key_fits(self) -> "Item":
        ids = [option.id for option in self.options]
        if len(ids) != len(set(ids)):
            raise ValueError("two options have one id")
        if self.kind in CHOICE_KINDS and len(ids) < 2:
            raise ValueError("a choice needs two options or more")
        _check_key(self.kind, self.key, ids)
        return self

    def body(self) -> dict[str, Any]:
        """What a candidate may read."""
        options = [option.model_dump(exclude_defaults=True) for option in self.options]
        words = {"stem": self.stem, "stem_en": self.stem_en, "unit": self.unit, "unit_en": self.unit_en}
        return {"schema": 1, **{name: text for name, text in words.items() if text}, "options": options}

    def accepted(self) -> dict[str, Any]:
        """What the key accepts."""
        return self.key.model_dump(exclude_none=True)


def _check_key(kind: QuestionKind, key: Key, ids: list[str]) -> None:
    given = set(key.model_dump(exclude_none=True))
    if kind == QuestionKind.NUMERIC:
        _check_number(key, given)
    elif kind == QuestionKind.MULTIPLE:
        if given != {"options"} or not key.options or not set(key.options) <= set(ids):
            raise ValueError("the key of a multiple choice names its right options")
    elif given != {"option"} or key.option not in ids:
        raise ValueError("the key names one of the options")


def _check_number(key: Key, given: set[str]) -> None:
    try:
        numbers = [as_number(text) for text in (key.value, key.tolerance or "0")]
    except NotAnAnswer as error:
        raise ValueError("the key of a number is a number") from error
    if "value" not in given or not given <= {"value", "tolerance"} or None in numbers:
        raise ValueError("the key of a number is a value and, where needed, a tolerance")


class BankFile(Strict):
    """A whole bank."""

    schema_: Literal[1] = Field(alias="schema")
    code: Slug
    title: Text
    title_en: str = ""
    questions: list[Item] = Field(min_length=1)

    @model_validator(mode="after")
    def _refs_once(self) -> "BankFile":
        refs = [item.ref for item in self.questions]
        if len(refs) != len(set(refs)):
            raise ValueError("two questions have one ref")
        return self


def _said(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc']) or 'bank'}: {fault['msg']}" for fault in error.errors()
    )


def read_bank(path_or_name: str | Path) -> BankFile:
    """The bank in a file, or the one of this name in `lms/exams/data`."""
    path = Path(path_or_name)
    if not path.suffix:
        path = DATA / f"{path_or_name}.yaml"
    try:
        data = parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BankUnreadable(path=path.name, problem=str(error)) from error
    try:
        return BankFile.model_validate(data)
    except ValidationError as error:
        raise BankInvalid(path=path.name, problems=_said(error)) from error
