import stat
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from lms.records.services import keys
from lms.records.services.encryption import CannotDecrypt, blind_hash, decrypt, encrypt, rotate_field_key

pytestmark = pytest.mark.unit

UNHURRIED = examples(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture(autouse=True)
def key_dir(settings, tmp_path: Path) -> Path:
    settings.JIQIAO_KEY_DIR = tmp_path / "keys"
    return settings.JIQIAO_KEY_DIR


@UNHURRIED
@given(text=TEXT, purpose=st.text(st.characters(codec="ascii"), max_size=12))
def test_what_was_enciphered_comes_back(text: str, purpose: str) -> None:
    blob = encrypt(text, purpose=purpose)
    assert decrypt(blob, purpose=purpose) == text
    assert decrypt(memoryview(blob), purpose=purpose) == text


@UNHURRIED
@given(text=TEXT, data=st.data())
def test_one_changed_byte_opens_nothing(text: str, data: st.DataObject) -> None:
    blob = bytearray(encrypt(text, purpose="accounts.identity"))
    at = data.draw(st.integers(0, len(blob) - 1))
    blob[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotDecrypt):
        decrypt(bytes(blob), purpose="accounts.identity")


@UNHURRIED
@given(st.binary(max_size=60))
def test_any_other_bytes_open_nothing(blob: bytes) -> None:
    with pytest.raises(CannotDecrypt):
        decrypt(blob, purpose="accounts.identity")


def test_the_same_text_never_makes_the_same_blob_and_shows_nothing_of_itself() -> None:
    blobs = {encrypt("990101199003071238", purpose="p") for _ in range(20)}
    assert len(blobs) == 20
    assert not any(b"19900307" in blob for blob in blobs)


def test_a_blob_moved_to_another_purpose_does_not_open() -> None:
    blob = encrypt("990101199003071238", purpose="accounts.identity")
    with pytest.raises(CannotDecrypt):
        decrypt(blob, purpose="mailing.address")


def test_after_rotation_new_blobs_use_the_new_key_and_old_ones_stay_readable() -> None:
    old = encrypt("旧", purpose="p")
    number = rotate_field_key()
    new = encrypt("新", purpose="p")
    assert [int.from_bytes(blob[1:5], "big") for blob in (old, new)] == [1, number] == [1, 2]
    assert [decrypt(old, purpose="p"), decrypt(new, purpose="p")] == ["旧", "新"]


def test_a_blob_whose_key_is_gone_says_so(key_dir: Path) -> None:
    blob = encrypt("x", purpose="p")
    (key_dir / "field-1.key").rename(key_dir / "field-7.key")
    keys._read.cache_clear()
    with pytest.raises(CannotDecrypt, match=r"operator|运维"):
        decrypt(blob, purpose="p")


@UNHURRIED
@given(st.text(st.sampled_from("0123456789Xx "), min_size=1))
def test_blind_hashes_fold_width_and_capitals(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789Xx"})
    variants = (text, text.lower(), f" {text.upper()} ", wide)
    assert len({blind_hash(variant, purpose="accounts.identity") for variant in variants}) == 1


def test_blind_hashes_differ_by_text_purpose_and_installation(settings, tmp_path: Path) -> None:
    here = {blind_hash(text, purpose=purpose) for text in "ab" for purpose in "pq"}
    settings.JIQIAO_KEY_DIR = tmp_path / "elsewhere"
    assert len({*here, blind_hash("a", purpose="p")}) == 5
    assert {len(digest) for digest in here} == {64}


def test_rotation_does_not_touch_blind_hashes() -> None:
    before = blind_hash("990101199003071238", purpose="p")
    rotate_field_key()
    assert blind_hash("990101199003071238", purpose="p") == before


def test_only_the_owner_may_read_keys(key_dir: Path) -> None:
    encrypt("x", purpose="p")
    blind_hash("x", purpose="p")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in key_dir.iterdir()}
    assert modes == {"field-1.key": 0o600, "blind.key": 0o600}
    assert stat.S_IMODE(key_dir.stat().st_mode) == 0o700


def test_many_first_uses_at_once_agree_on_one_key(key_dir: Path) -> None:
    start, blobs = threading.Barrier(12), []

    def first_use() -> None:
        start.wait()
        blobs.append((encrypt("x", purpose="p"), blind_hash("x", purpose="p")))

    threads = [threading.Thread(target=first_use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.name for path in key_dir.iterdir()) == ["blind.key", "field-1.key"]
    assert [decrypt(blob, purpose="p") for blob, _hash in blobs] == ["x"] * 12
    assert len({digest for _blob, digest in blobs}) == 1


def test_rotations_at_once_make_a_key_each(key_dir: Path) -> None:
    encrypt("x", purpose="p")
    start, numbers = threading.Barrier(6), []

    def rotate() -> None:
        start.wait()
        numbers.append(rotate_field_key())

    threads = [threading.Thread(target=rotate) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [2, 3, 4, 5, 6, 7]
