import io

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from cms.design.services import printing
from cms.design.services.mark import mark_svg
from cms.design.services.printing import Inside, PrinterMissing, as_data, print_pdf

pytestmark = pytest.mark.unit

PAGE = '<!doctype html><html lang="en"><head><title>A paper</title></head><body><h1>A paper</h1>{}</body></html>'
STYLE = "certificates/certificate-print.css"


def _print(inside_body: str = "", **more) -> pikepdf.Pdf:
    content = print_pdf(PAGE.format(inside_body), stylesheet=STYLE, identifier="paper-1", **more)
    return pikepdf.open(io.BytesIO(content))


def test_a_paper_is_archivable_and_tagged() -> None:
    with _print(f'<img src="{as_data(mark_svg())}" alt="Jiqiao">') as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert metadata["dc:title"] == "A paper"


def test_a_file_inside_makes_it_the_variant_that_takes_files() -> None:
    with _print(inside=[Inside("own.json", '{"a": 1}', "What the page says")]) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert pdf.attachments["own.json"].get_file().read_bytes() == b'{"a": 1}'


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/picture.png"])
def test_nothing_is_fetched_from_outside(address: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="Error fetching"):
        _print(f'<img src="{address}" alt="">')


def test_a_machine_without_the_libraries_is_told_what_to_install(monkeypatch) -> None:
    def missing() -> None:
        raise PrinterMissing(line=printing.APT_LINE)

    monkeypatch.setattr(printing, "_weasyprint", missing)
    with pytest.raises(PrinterMissing, match="apt-get install"):
        _print()
