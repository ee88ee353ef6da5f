"""Loading a version of a scheme from its data file; a published one is never changed."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from cms.foundation.services.visitors import drop_pages
from lms.kernel.commands import UnreadableInput
from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Conflict, Refusal
from lms.schemes.enums import SchemeState
from lms.schemes.models import Competency, Level, Module, Scheme, SchemeVersion, Topic
from lms.schemes.validators import dump_study_rules

from .definition import LevelRules, SchemeDefinition, first_fault

DATA = Path(__file__).resolve().parents[1] / "data"


class SchemeFileUnreadable(UnreadableInput):
    """The file is not there, or is no YAML in UTF-8."""

    code = "scheme-file-unreadable"
    message = _("The scheme file %(name)s cannot be read: %(reason)s")


class SchemeFileInvalid(Refusal):
    """The file can be read, and says something that a scheme cannot say."""

    code = "scheme-file-invalid"
    message = _("The scheme file is wrong at %(path)s: %(reason)s (%(more)s more).")


class PublishedVersionChanged(Conflict):
    """Rules in force stay as they were published; new rules get a new number."""

    code = "scheme-version-published"
    message = _("Version %(number)s is published and is never changed. Give the new rules a new number.")


def _read(path_or_name: str | Path) -> tuple[bytes, Any]:
    path = Path(path_or_name)
    if not path.is_file() and path.name == str(path_or_name):
        path = DATA / f"{path.name.removesuffix('.yaml')}.yaml"
    try:
        content = path.read_bytes()
        return content, parse_yaml(content.decode("utf-8-sig"))
    except OSError as error:
        raise SchemeFileUnreadable(name=path.name, reason=error.strerror or "") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise SchemeFileUnreadable(name=path.name, reason=" ".join(str(error).split())) from error


def _parse(data: Any) -> SchemeDefinition:
    try:
        return SchemeDefinition.model_validate(data)
    except ValidationError as error:
        path, reason, more = first_fault(error, data)
        raise SchemeFileInvalid(path=path, reason=reason, more=more) from error


def _level(version: SchemeVersion, rules: LevelRules, *, frozen: bool) -> Level:
    return Level(
        version=version,
        code=rules.code.value,
        name=rules.name,
        name_en=rules.name_en,
        validity_years=rules.validity_years,
        requirements=rules.requirements.model_dump(mode="json", exclude_none=True),
        renewal=rules.renewal and rules.renewal.model_dump(mode="json", exclude_none=True),
        frozen=frozen,
    )


def _topics(version: SchemeVersion, rules: LevelRules, *, frozen: bool) -> list[Topic]:
    return [
        Topic(
            version=version,
            level_code=rules.code.value,
            position=position,
            frozen=frozen,
            **topic.model_dump(),
        )
        for position, topic in enumerate(rules.topics, start=1)
    ]


def write_parts(version: SchemeVersion, definition: SchemeDefinition) -> None:
    """Put levels, topics, modules and competencies in place of those that a draft had."""
    for part in (Level, Topic, Module, Competency):
        part.objects.filter(version=version).delete()
    frozen = definition.state == SchemeState.PUBLISHED
    Level.objects.bulk_create(_level(version, rules, frozen=frozen) for rules in definition.levels)
    for rules in definition.levels:
        Topic.objects.bulk_create(_topics(version, rules, frozen=frozen))
    Module.objects.bulk_create(
        Module(version=version, code=part.code.value, name=part.name, name_en=part.name_en)
        for part in definition.modules
    )
    Competency.objects.bulk_create(
        Competency(version=version, code=part.code, name=part.name, name_en=part.name_en)
        for part in definition.competencies
    )


@transaction.atomic
def load_scheme(path_or_name: str | Path, *, now: datetime) -> SchemeVersion:
    """Load a scheme version from a file, or from the data shipped under its name (`ttm-2026-1`).

    The same file again changes nothing. A draft is replaced by a changed file; a published version is not.
    """
    content, data = _read(path_or_name)
    digest = sha256(content).hexdigest()
    same = SchemeVersion.objects.select_related("scheme").filter(content_hash=digest).first()
    if same:
        return same
    definition = _parse(data)
    scheme, _created = Scheme.objects.get_or_create(
        code=definition.scheme.code,
        defaults={"name": definition.scheme.name, "name_en": definition.scheme.name_en},
    )
    if SchemeVersion.objects.filter(scheme=scheme, number=definition.number, state=SchemeState.PUBLISHED).exists():
        raise PublishedVersionChanged(number=definition.number)
    version, _created = SchemeVersion.objects.update_or_create(
        scheme=scheme,
        number=definition.number,
        defaults={
            "title": definition.title,
            "title_en": definition.title_en,
            "effective_from": definition.effective_from,
            "state": definition.state,
            "basis": definition.basis,
            "basis_en": definition.basis_en,
            "content_hash": digest,
            "study_rules": dump_study_rules(definition.study_rules),
            "published_at": now if definition.state == SchemeState.PUBLISHED else None,
        },
    )
    write_parts(version, definition)
    drop_pages()  # public pages print the levels and what they ask for
    return version
