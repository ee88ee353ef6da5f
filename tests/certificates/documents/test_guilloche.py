from xml.etree import ElementTree

import pytest

from certificates.documents.guilloche import STRANDS, frame
from cms.design.services.pigments import pigment

pytestmark = pytest.mark.unit

ONE, OTHER = "TTM-FCBA-1-2026-000001-3", "TTM-FCBA-1-2026-000002-1"


def test_one_serial_always_gives_one_frame() -> None:
    assert frame(ONE) == frame(ONE)


def test_no_strand_of_two_certificates_is_the_same() -> None:
    def strands(serial: str) -> set[str]:
        drawing = ElementTree.fromstring(frame(serial))
        return {path.get("d", "") for path in drawing.iter("{http://www.w3.org/2000/svg}path")}

    assert strands(ONE) & strands(OTHER) == set()


def test_the_band_has_its_strands_on_all_four_sides() -> None:
    drawing = ElementTree.fromstring(frame(ONE))
    waves = [path for path in drawing.iter("{http://www.w3.org/2000/svg}path") if path.get("class") in ("b", "g")]
    assert len(waves) == 4 * STRANDS * 2


def test_colours_come_from_the_design() -> None:
    assert pigment("cert-blue") in frame(ONE)
    with pytest.raises(KeyError):
        pigment("cert-mauve")
