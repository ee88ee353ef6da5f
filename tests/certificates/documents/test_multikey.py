import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates.documents.multikey import NotMultibase, decode, encode, from_public_key, to_ed25519

pytestmark = pytest.mark.unit


@given(st.binary(max_size=80))
def test_what_is_encoded_is_decoded(raw: bytes) -> None:
    assert decode(encode(raw)) == raw


def test_a_known_value_comes_out_as_published() -> None:
    """The base58btc example of the multibase draft."""
    assert encode(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"


def test_an_ed25519_key_begins_as_all_of_them_do() -> None:
    key = Ed25519PrivateKey.generate().public_key()
    text = from_public_key(key)
    assert text.startswith("z6Mk")
    assert to_ed25519(text) == key


@pytest.mark.parametrize("text", ["", "z", "x6Mk", "z0OIl", "z6Mk", "z" + "2" * 500])
def test_anything_else_is_no_key(text: str) -> None:
    with pytest.raises(NotMultibase):
        to_ed25519(text)
