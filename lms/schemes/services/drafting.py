"""A new version of the rules, written on the desk: drafted from another version, changed step by step, published."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from cms.foundation.services.visitors import drop_pages
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotAllowed, NotFound, Refusal
from lms.records.services import audit
from lms.schemes.enums import SchemeState
from lms.schemes.models import Competency, Drafting, Level, Module, SchemeVersion, Topic
from lms.schemes.policies import can_write_rules
from lms.schemes.selectors.definitions import definition_of
from lms.schemes.validators import dump_study_rules, parse_study_rules

from .definition import SchemeDefinition, first_fault
from .loading import PublishedVersionChanged

if TYPE_CHECKING:
    from lms.accounts.models import User


class MayNotWriteRules(NotAllowed):
    """Only the platform's staff with the grant write rules."""

    code = "may-not-write-rules"
    message = _("Only staff of the platform who were given this task write certification rules.")


class NoSuchDraft(NotFound):
    """There is no draft to change."""

    code = "no-such-draft"
    message = _("There is no such draft.")


class StaleDraft(Conflict):
    """The page was opened before the last change of the draft."""

    code = "stale-draft"
    message = _(
        "This draft was changed after you opened the page, perhaps by you in another window. Nothing was overwritten: "
        "open the draft again, see what changed, and make your change there."
    )


class NumberTaken(Conflict):
    """A version number is used once."""

    code = "version-number-taken"
    field = "number"
    message = _("There is a version %(number)s already. Choose another number.")


class BeginsTooEarly(Refusal):
    """Rules begin on a day that is still to come, so that nobody is judged by rules they could not know."""

    code = "begins-too-early"
    field = "effective_from"
    message = _("Rules begin on a day still to come in Beijing; %(day)s is today or past.")


class ReasonMissing(Refusal):
    """Why rules change is told to everybody whom they concern."""

    code = "reason-missing"
    message = _("Say why the rules change before you publish them.")


class DraftNotRight(Refusal):
    """Something in the draft cannot stand so."""

    code = "draft-not-right"
    message = _("The draft cannot be published: at %(path)s, %(reason)s (%(more)s more).")


def _may(user: "User") -> None:
    if not can_write_rules(user):
        raise MayNotWriteRules


def next_number(version: SchemeVersion) -> str:
    """The number that a draft of this version gets if nothing is said: the year's next."""
    year = version.number.split(".")[0]
    taken = [number.split(".") for number in version.scheme.versions.values_list("number", flat=True)]
    last = max(int(parts[1]) for parts in taken if len(parts) == 2 and parts[0] == year and parts[1].isdigit())
    return f"{year}.{last + 1}"


@transaction.atomic
def draft_from(*, version: SchemeVersion, drafted_by: "User", now: datetime, number: str = "") -> SchemeVersion:
    """Draft a new version with everything that `version` says; its first day is still to be chosen."""
    _may(drafted_by)
    number = number.strip() or next_number(version)
    if version.scheme.versions.filter(number=number).exists():
        raise NumberTaken(number=number)
    draft = SchemeVersion.objects.create(
        scheme=version.scheme,
        number=number,
        title=version.title,
        title_en=version.title_en,
        effective_from=version.effective_from,
        state=SchemeState.DRAFT,
        basis=version.basis,
        basis_en=version.basis_en,
        content_hash=_digest(version.scheme.code, number),
        study_rules=version.study_rules,
    )
    for part in (Level, Topic, Module, Competency):
        _copy(part, version, draft)
    Drafting.objects.create(version=draft, based_on=version, drafted_by=drafted_by, drafted_at=now)
    _tell("scheme-drafted", draft, drafted_by, now, {"based_on": version.number})
    return draft


def _copy(part: Any, version: SchemeVersion, draft: SchemeVersion) -> None:
    rows = list(part.objects.filter(version=version).order_by("pk"))
    for row in rows:
        row.pk, row.version = None, draft
        if hasattr(row, "frozen"):
            row.frozen = False
    part.objects.bulk_create(rows)


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


def _tell(action: str, version: SchemeVersion, actor: "User", now: datetime, detail: dict[str, Any]) -> None:
    subject = f"schemes.schemeversion:{version.pk}"
    detail = {"scheme": version.scheme.code, "number": version.number, **detail}
    audit.record(action=action, actor=f"user:{actor.pk}", subject=subject, detail=detail, now=now)


@contextmanager
def changing(draft_id: int, revision: int, user: "User") -> Iterator[SchemeVersion]:
    """A draft locked for one change; refused when it is published, or was changed since `revision`."""
    _may(user)
    with transaction.atomic():
        drafting = Drafting.objects.select_for_update().filter(version_id=draft_id).first()
        if drafting is None:
            raise NoSuchDraft
        version = SchemeVersion.objects.select_related("scheme").get(pk=draft_id)
        if version.state != SchemeState.DRAFT:
            raise PublishedVersionChanged(number=version.number)
        if drafting.revision != revision:
            raise StaleDraft
        version.drafting = drafting
        yield version
        drafting.revision += 1
        drafting.save()


def describe_draft(*, draft_id: int, revision: int, facts: dict[str, Any], reason: str, user: "User") -> None:
    """Change title, first day, basis and reason of a draft."""
    with changing(draft_id, revision, user) as version:
        for name in ("title", "title_en", "effective_from", "basis", "basis_en"):
            setattr(version, name, facts[name])
        version.drafting.reason = reason
        version.save()


def change_study_rules(*, draft_id: int, revision: int, rules: dict[str, Any], user: "User") -> None:
    """Change how study is measured."""
    with changing(draft_id, revision, user) as version:
        version.study_rules = dump_study_rules(parse_study_rules(rules))
        version.save()


def _checked(version: SchemeVersion) -> SchemeDefinition:
    data = definition_of(version)
    try:
        return SchemeDefinition.model_validate(data)
    except ValidationError as error:
        path, reason, more = first_fault(error, data)
        raise DraftNotRight(path=path, reason=reason, more=more) from error


def _today(now: datetime) -> date:
    return now.astimezone(BEIJING).date()


def publish_draft(*, draft_id: int, revision: int, user: "User", now: datetime) -> SchemeVersion:
    """Publish a draft whole: from now on neither it nor its levels, topics and reason ever change."""
    with changing(draft_id, revision, user) as version:
        if version.effective_from <= _today(now):
            raise BeginsTooEarly(day=version.effective_from.isoformat())
        if not version.drafting.reason.strip():
            raise ReasonMissing
        checked = _checked(version)
        version.content_hash = _digest(checked.model_dump_json(exclude={"state"}))
        version.state, version.published_at = SchemeState.PUBLISHED, now
        version.save()
        for part in (Level, Topic):
            part.objects.filter(version=version).update(frozen=True)
        version.drafting.frozen = True
        detail = {"content_hash": version.content_hash, "effective_from": version.effective_from.isoformat()}
        _tell("scheme-published", version, user, now, {**detail, "reason": version.drafting.reason})
        transaction.on_commit(drop_pages)
    return version
