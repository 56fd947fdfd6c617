"""What is sealed opens with its own key and workspace only, and says nothing without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import normalise_email
from storage.sealing import Keys, Sealer, WrongKeyError
from tests.worlds import KEYS, SECRET

SEALER = KEYS.sealer("W1")


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    sealed = SEALER.seal(text)
    assert sealed is not None
    assert KEYS.sealer("W1").open(sealed) == text


@given(st.text(min_size=4))
def test_what_is_sealed_shows_nothing_and_never_twice_the_same(text: str) -> None:
    one, two = SEALER.seal(text), SEALER.seal(text)
    assert one is not None
    assert one != two
    assert text.encode() not in one


def test_nothing_stays_nothing() -> None:
    assert SEALER.seal(None) is None
    assert SEALER.open(None) is None
    assert SEALER.digest(None) is None


OTHERS = {
    "another workspace": KEYS.sealer("W2"),
    "another secret": Keys.of(SECRET[::-1]).sealer("W1"),
    "the keys confused": Sealer(KEYS.digest_key, KEYS.seal_key, "W1"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_it_opens_for_nobody_else(other: str) -> None:
    with pytest.raises(WrongKeyError):
        OTHERS[other].open(SEALER.seal("ada@engines.example"))


@given(st.data())
def test_whatever_was_altered_does_not_open(data: st.DataObject) -> None:
    sealed = SEALER.seal("ada@engines.example")
    assert sealed is not None
    place = data.draw(st.integers(0, len(sealed) - 1))
    altered = bytearray(sealed)
    altered[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(WrongKeyError):
        SEALER.open(bytes(altered))


@given(st.binary(max_size=40))
def test_whatever_was_never_sealed_does_not_open(junk: bytes) -> None:
    with pytest.raises(WrongKeyError):
        SEALER.open(junk)


@pytest.mark.parametrize("cut", range(45))
def test_what_was_cut_short_does_not_open(cut: int) -> None:
    sealed = SEALER.seal("ada@engines.example")
    assert sealed is not None
    with pytest.raises(WrongKeyError):
        SEALER.open(sealed[:cut])


@pytest.mark.parametrize("spelling", ["ada@engines.example", " ADA@Engines.Example ", "\tada@ENGINES.example\n"])
def test_spellings_of_one_address_have_one_digest(spelling: str) -> None:
    assert SEALER.digest(normalise_email(spelling)) == SEALER.digest("ada@engines.example")


def test_a_digest_says_nothing_outside_its_workspace_and_key() -> None:
    own = SEALER.digest("ada@engines.example")
    assert len(own) == 32
    assert b"ada" not in own
    assert own != SEALER.digest("bob@engines.example")
    assert own not in [other.digest("ada@engines.example") for other in OTHERS.values()]


@pytest.mark.parametrize("short", ["", "x", "x" * 31])
def test_a_short_secret_is_refused_by_name(short: str) -> None:
    with pytest.raises(ValueError, match="EVERBOARD_SECRET_KEY"):
        Keys.of(short)
