"""Telephone numbers and web addresses are kept as typed, and what is none gets a sentence."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleError
from domain.reachable import phone_number, web_address


@pytest.mark.parametrize(
    "typed",
    [
        "+44 20 7946 0958",
        "020 7946-0958",
        "(030) 901820",
        "0043/1/58858",
        "+1 (415) 555-0132 ext. 12",
        "+1.415.555.0132x7",
        "555 123",
        "٠٢٠٧٩٤٦٠٩٥٨",
    ],
)
def test_a_number_stays_as_typed(typed: str) -> None:
    assert phone_number(f" {typed} ") == typed


@pytest.mark.parametrize(
    "typed", ["12345", "1" * 21, "ask Kim", "kim@acme.example", "+44 20 call me", "=1+1", "++1234567"]
)
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(RuleError, match="phone number"):
        phone_number(typed)


@pytest.mark.parametrize(
    "typed", ["https://acme.example/story?a=1#x", "http://wiki.local:8080", "HTTPS://Acme.Example"]
)
def test_an_address_stays_as_typed(typed: str) -> None:
    assert web_address(f" {typed}\n") == typed


@pytest.mark.parametrize(
    "typed",
    [
        "acme.example",
        "javascript:alert(1)",
        "https://",
        "ftp://acme.example",
        "https://a b.example",
        "see the wiki",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_said(typed: str) -> None:
    with pytest.raises(RuleError, match="web address"):
        web_address(typed)


@given(st.text())
def test_whatever_is_typed_is_kept_or_refused_in_words(typed: str) -> None:
    for check in (phone_number, web_address):
        with suppress(RuleError):
            assert check(typed) == typed.strip()
