import io

import pikepdf
import pytest
from django.core.files.storage import storages
from PIL import Image

from lms.records.services.papers import (
    MAX_BYTES,
    PaperDamaged,
    PaperEmpty,
    PaperLocked,
    PaperOfWrongKind,
    PaperTooLarge,
    keep_paper,
    open_paper,
    read_paper,
)
from tests.factories.courses import paper

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _locked() -> bytes:
    kept = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(kept, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return kept.getvalue()


def _picture(kind: str) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (4, 4)).save(kept, kind)
    return kept.getvalue()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", PaperEmpty),
        (b"%PDF-" + b" " * MAX_BYTES, PaperTooLarge),
        (SVG, PaperOfWrongKind),
        (b"<html><script>alert(1)</script></html>", PaperOfWrongKind),
        (b"MZ\x90\x00", PaperOfWrongKind),
        (b" %PDF-1.7", PaperOfWrongKind),
        (b"%PDF-1.7 cut off", PaperDamaged),
        (_picture("PNG")[:30], PaperDamaged),
        (_locked(), PaperLocked),
    ],
)
def test_what_nobody_could_read_is_refused_by_its_content(content, refusal) -> None:
    with pytest.raises(refusal) as said:
        read_paper(name="degree.pdf", content=content)
    assert "degree.pdf" in str(said.value)


@pytest.mark.unit
@pytest.mark.parametrize(("kind", "name"), [("JPEG", "scan.svg.jpg"), ("PNG", "scan.svg.png")])
def test_a_picture_gets_the_ending_of_what_it_is(kind, name) -> None:
    assert read_paper(name="scan.svg", content=_picture(kind)).name == name


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\degree.pdf", "degree.pdf"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil: 1.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("  ...  ", "document.pdf"),
        ("学" * 300 + ".pdf", "学" * 116 + ".pdf"),
    ],
)
def test_a_hostile_name_can_do_no_harm(name, plain) -> None:
    assert paper(name).name == plain


@pytest.mark.room
@pytest.mark.django_db
def test_a_document_is_kept_enciphered_and_opens_as_it_was(now) -> None:
    handed_in = paper()
    file = keep_paper(paper=handed_in, kind="test", owner="test:1", now=now)
    assert open_paper(file) == handed_in
    with storages["private"].open(file.path) as kept:
        assert b"%PDF" not in kept.read()
