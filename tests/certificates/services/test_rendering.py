"""The printed page itself: text, code, attachment, metadata, pixels."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from certificates.models import Document
from certificates.services.exporting import export_bundle
from certificates.services.rendering import document_of, pdf_of, render_certificate
from certificates.services.verifying import answer_file
from cms.design.services.typefaces import GlyphMissing
from lms.jobs.services.work import drain
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench(code="FCBA")


@pytest.fixture
def certificate(bench: Bench, now):
    return bench.issue(now)


def _text(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout


def test_the_printed_page_holds_every_field_where_it_belongs(certificate, now, tmp_path: Path) -> None:
    content = pdf_of(render_certificate(certificate=certificate, now=now))
    path = tmp_path / "certificate.pdf"
    path.write_bytes(content)

    text = _text(path)
    code = certificate.check_code
    in_order = [
        "汾川技术转移培训基地",
        "Fenchuan Technology Transfer Training Base",
        "技术经理人培训考核证书",
        "Certificate of Training and Assessment",
        "样本 SPECIMEN",
        "段文博",
        "DUAN Wenbo",
        "修满 1.11 学时",
        "初级技术经纪人",
        "has completed 1.11 class hours",
        f"证书编号 No. {certificate.serial}",
        f"校验码 Check code {code[:4]} {code[4:8]} {code[8:]}",
        "发证日期 Issued 2026 年 11 月 22 日",
        "有效期至 Valid until 2029 年 11 月 21 日",
        "郭建平",
    ]
    places = [text.find(words) for words in in_order]
    assert -1 not in places, [words for words, place in zip(in_order, places, strict=True) if place < 0]
    assert places == sorted(places)

    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", path, tmp_path / "page"], check=True)
    with Image.open(tmp_path / "page.png") as page:
        assert [found.text for found in zxingcpp.read_barcodes(page)] == [certificate.payload["verify_url"]]
        assert page.size == (1170, 827)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.attachments["credential.json"].get_file().read_bytes() == certificate.credential.encode()
        assert pdf.Root.AF[0].AFRelationship == "/Source"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert "样本 SPECIMEN" in metadata["dc:title"]
            assert certificate.serial in metadata["dc:title"]
            assert metadata["dc:creator"] == ["汾川技术转移培训基地 / Fenchuan Technology Transfer Training Base"]


def test_the_job_prints_once_and_the_file_is_recognised(certificate, now) -> None:
    drain(now=now)
    document = document_of(certificate)
    assert render_certificate(certificate=certificate, now=now) == document
    assert Document.objects.count() == 1
    answer = answer_file(content=pdf_of(document), now=now)
    assert [(check.name, check.ok) for check in answer.checks][-2:] == [("file", True), ("record", True)]


def test_a_doctored_page_around_a_genuine_credential_is_told_apart(certificate, now) -> None:
    content = pdf_of(render_certificate(certificate=certificate, now=now))
    answer = answer_file(content=content + b"\n", now=now)
    assert answer.result == "invalid"
    assert answer.checks[-1].name == "file"
    assert answer.certificate == certificate


def test_a_letter_that_cannot_be_printed_is_named(bench: Bench, now) -> None:
    certificate = bench.issue(now, person=bench.trainee("段\U0002a6a5博"))
    with pytest.raises(GlyphMissing, match=r"U\+2A6A5"):
        render_certificate(certificate=certificate, now=now)
    assert document_of(certificate) is None


def test_the_bundle_is_everything_that_a_stranger_needs(certificate, tmp_path: Path) -> None:
    paths = export_bundle(certificate=certificate, folder=tmp_path / "out")
    assert sorted(path.name for path in paths) == [
        "certificate.pdf",
        "credential.json",
        "did-platform.json",
        "did.json",
        "evidence.json",
        "registry.json",
        "status-refresh-1.json",
        "status-revocation-1.json",
        "status-suspension-1.json",
        "transcript.json",
    ]
