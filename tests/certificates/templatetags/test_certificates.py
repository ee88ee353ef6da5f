import pytest

from certificates.templatetags.certificates import whole_serials

pytestmark = pytest.mark.unit


def test_a_serial_is_kept_in_one_piece_and_everything_else_is_escaped() -> None:
    said = whole_serials("符合证书 TTM-FCBA-1-2026-000318-K 的<续期>要求")
    assert said == '符合证书 <span class="serial-kept">TTM-FCBA-1-2026-000318-K</span> 的&lt;续期&gt;要求'
    assert whole_serials("没有编号") == "没有编号"
