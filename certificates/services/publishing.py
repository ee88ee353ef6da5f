"""Putting signed lists out: status lists after every change, the registry when issuers or keys change."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certificates.documents.dids import PLATFORM, did_document, did_of
from certificates.documents.proofs import compact, sign_plain, utc
from certificates.documents.status_bits import pack, status_credential
from certificates.documents.terms import Json
from certificates.enums import KeyPurpose, StatusPurpose
from certificates.models import Publication, StatusList
from certificates.models.status import CAPACITY
from certificates.selectors.addresses import REGISTRY, issuer_url, status_path, status_url
from certificates.selectors.keys import active_key, issuers, listed_keys, platform_keys
from certificates.selectors.publications import newest, set_bits
from lms.kernel.demo import SPECIMEN, is_demo
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import NotFound

from .keys import key_for, signer_for

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

REGISTRY_SCHEMA = 1


class NoSuchIssuer(NotFound):
    """No organisation of this code signs anything."""

    code = "no-such-issuer"
    message = _("No issuer of this code signs certificates here.")


def did_of_issuer(code: str) -> str:
    """The did of the issuer with this code (or of the platform)."""
    return did_of(settings.JIQIAO_BASE_URL, code)


def issuer_document(code: str) -> Json:
    """The did document of an issuer, or of the platform itself."""
    keys = platform_keys() if code == PLATFORM else listed_keys(code)
    if not keys:
        raise NoSuchIssuer
    return did_document(did_of_issuer(code), keys)


@transaction.atomic
def publish_status(*, status_list: StatusList, now: datetime) -> list[Publication]:
    """Sign and put out the list for each purpose as the certificates now stand."""
    organisation = status_list.organisation
    signer = signer_for(organisation=organisation, purpose=KeyPurpose.STATUS, now=now)
    published = []
    for purpose in StatusPurpose:
        document = status_credential(
            url=status_url(purpose, status_list.number),
            issuer=did_of_issuer(organisation.code),
            purpose=purpose,
            encoded=pack(set_bits(status_list, purpose), capacity=CAPACITY),
            signer=signer,
            now=now,
        )
        path = status_path(purpose, status_list.number)
        published.append(Publication.objects.create(path=path, text=compact(document), published_at=now))
    return published


def _registry(now: datetime) -> Json:
    entries = [
        {
            "did": did_of_issuer(organisation.code),
            "code": organisation.code,
            "kind": organisation.kind,
            "name": organisation.name,
            "name_en": organisation.name_en,
            "basis": organisation.authority_basis,
            "levels": [str(level) for level in LevelCode],
            "did_document": issuer_url(organisation.code),
            "keys": [multibase for _kid, multibase in listed_keys(organisation.code)],
        }
        for organisation in issuers()
    ]
    mark = {"specimen": SPECIMEN} if is_demo() else {}
    return {
        "schema": REGISTRY_SCHEMA,
        "issuer": did_of_issuer(PLATFORM),
        "published_at": utc(now),
        **mark,
        "issuers": entries,
    }


@transaction.atomic
def publish_registry(*, now: datetime) -> Publication:
    """Sign and put out the list of issuers and their keys."""
    signer = signer_for(organisation=None, purpose=KeyPurpose.REGISTRY, now=now)
    text = compact(sign_plain(_registry(now), signer=signer, now=now))
    return Publication.objects.create(path=REGISTRY, text=text, published_at=now)


def registry_text(*, now: datetime) -> str:
    """The registry as it stands, put out for the first time if nobody has yet."""
    published = newest(REGISTRY) or publish_registry(now=now)
    return published.text


@transaction.atomic
def open_issuer(*, organisation: "Organisation", now: datetime) -> None:
    """See to it that the organisation has its keys and stands in the registry; repeating changes nothing."""
    if active_key(organisation=organisation, purpose=KeyPurpose.VC):
        return
    for purpose in (KeyPurpose.VC, KeyPurpose.STATUS):
        key_for(organisation=organisation, purpose=purpose, now=now)
    publish_registry(now=now)
