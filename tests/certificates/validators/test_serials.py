import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.validators.serials import ALPHABET, Serial, check_character, read_serial

pytestmark = pytest.mark.unit

serials = st.builds(
    Serial,
    issuer=st.text(alphabet="ABCDEFGHJKMNPQRSTUVWXYZ0123456789", min_size=4, max_size=4),
    level=st.integers(1, 3),
    year=st.integers(2020, 2099),
    number=st.integers(1, 999_999),
)


def test_the_check_character_is_the_one_of_the_standards_own_example() -> None:
    """ISO 7064 gives A12425GABC1234002 the check character M (the published example of MOD 37,36)."""
    assert check_character("A12425GABC1234002") == "M"


def test_a_serial_is_printed_in_six_groups() -> None:
    assert re.fullmatch(r"TTM-FCBA-1-2026-000001-[0-9A-Z]", str(Serial("FCBA", 1, 2026, 1)))


@given(serials)
def test_what_is_printed_is_read_back(serial: Serial) -> None:
    assert read_serial(str(serial)) == serial


@given(serials, st.data())
def test_one_wrong_character_never_passes(serial: Serial, data: st.DataObject) -> None:
    text = str(serial)
    place = data.draw(st.sampled_from([i for i, sign in enumerate(text) if sign != "-"]))
    other = data.draw(st.sampled_from([sign for sign in ALPHABET if sign != text[place]]))
    assert read_serial(text[:place] + other + text[place + 1 :]) is None


def test_nearly_all_swapped_neighbours_are_caught() -> None:
    """The standard promises every wrong character and almost every swap; this counts the almost."""
    tried = caught = 0
    for number in range(1, 400, 7):
        plain = str(Serial("FCBA", 1 + number % 3, 2026, number * 997 % 1_000_000)).replace("-", "")
        for place in range(len(plain) - 1):
            if plain[place] == plain[place + 1]:
                continue
            swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
            tried += 1
            caught += read_serial(swapped) is None
    assert tried > 500
    assert caught / tried > 0.98


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "–", "—", "−", "－", "﹣", " - ", ""])
@given(serial=serials)
def test_dashes_spaces_width_and_case_do_not_matter(dash: str, serial: Serial) -> None:
    typed = str(serial).lower().replace("-", dash)
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in typed)
    assert read_serial(f"  {wide}\u200b ") == serial


@given(st.text(max_size=300))
def test_any_other_text_is_no_serial_and_no_fault(text: str) -> None:
    assert read_serial(text) is None or "TTM" in text.upper()
