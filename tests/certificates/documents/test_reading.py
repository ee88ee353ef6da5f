import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.documents.proofs import compact
from certificates.documents.reading import DamagedFile, FileTooLarge, FileUnreadable, read_file

from .samples import signed

pytestmark = pytest.mark.unit


def _pdf(**attachments: bytes) -> bytes:
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    for name, content in attachments.items():
        pdf.attachments[f"{name}.json"] = pikepdf.AttachedFileSpec(pdf, content)
    pdf.save(target)
    return target.getvalue()


def test_a_credential_is_read_from_json_and_from_a_pdf() -> None:
    text = compact(signed()).encode()
    assert read_file(text).credential == read_file(_pdf(credential=text)).credential == signed()
    assert (read_file(text).is_pdf, read_file(_pdf(credential=text)).is_pdf) == (False, True)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n", b"PK\x03\x04", b"[1]"])
def test_something_else_is_said_to_be_something_else(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        read_file(content)


def test_more_than_two_megabytes_are_not_read() -> None:
    with pytest.raises(FileTooLarge):
        read_file(b"{" + b" " * 2_100_000)


@pytest.mark.parametrize(
    "content",
    [
        b'{"a":1,"a":2}',
        b'{"a":' * 13 + b"1" + b"}" * 13,
        b'{"a": "\xff"}',
        b"{}}",
        b'{"a":' + b" " * 200_001 + b"1}",
        _pdf(),
        _pdf(other=b"{}"),
        _pdf(credential=b"no json"),
        b"%PDF-1.7 broken",
    ],
    ids=["twice", "deep", "not-utf8", "not-json", "long", "nothing-attached", "other-name", "no-json", "broken-pdf"],
)
def test_damage_is_damage_and_no_fault(content: bytes) -> None:
    with pytest.raises(DamagedFile):
        read_file(content)


@given(st.binary(max_size=400))
def test_whatever_is_handed_in_gets_a_named_answer(content: bytes) -> None:
    for start in (b"", b"{", b"%PDF-1.7\n"):
        try:
            read_file(start + content)
        except (DamagedFile, FileUnreadable):
            continue
