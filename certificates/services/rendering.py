"""Printing a certificate once and keeping the bytes with their hash."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from certificates.documents.pdf import render_pdf
from certificates.enums import DocumentKind
from certificates.models import Certificate, Document
from lms.records.services.private_files import open_file, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


def document_of(certificate: Certificate) -> Document | None:
    """The certificate's PDF, if it has been made and is still kept."""
    kept = Document.objects.filter(certificate=certificate, kind=DocumentKind.PDF, file__isnull=False)
    return kept.select_related("file").order_by("-pk").first()


def pdf_of(document: Document) -> bytes:
    """The bytes of a certificate's PDF, checked against their hash."""
    if document.file is None:
        raise LookupError(document.pk)
    return open_file(document.file)


def render_certificate(
    *,
    certificate: Certificate,
    now: datetime,
    finish: "Callable[[], AbstractContextManager[None]]" = transaction.atomic,
) -> Document:
    """Make the PDF from the frozen payload and the signed text; made before, it is answered as it is.

    Drawing takes seconds, so it happens outside any transaction; the row is written in the one that `finish` opens.
    """
    made = document_of(certificate)
    if made:
        with finish():
            return made
    content = render_pdf(certificate.payload, certificate.credential)
    with finish():
        file = store(
            name=f"{certificate.serial}.pdf",
            content=content,
            kind="certificate-pdf",
            owner=f"certificates.certificate:{certificate.pk}",
            now=now,
        )
        document, _created = Document.objects.get_or_create(
            certificate=certificate,
            sha256=file.sha256,
            defaults={"kind": DocumentKind.PDF, "file": file, "made_at": now},
        )
    return document
