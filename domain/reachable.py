"""What a telephone number and a web address look like, as people type them. Decides not whether anybody answers."""

import re
from urllib.parse import urlsplit

from domain.errors import RuleError

FEWEST_DIGITS, MOST_DIGITS = 6, 20
"""A short number within a town has six; the longest international one with an extension has twenty."""

NO_PHONE = (
    f"That doesn't look like a phone number: {FEWEST_DIGITS} to {MOST_DIGITS} digits, and + - ( ) . / between them if "
    "you like. Please check it, or leave it empty."
)
NO_ADDRESS = (
    "That doesn't look like a web address: it begins with https:// or http://. Please check it, or leave it empty."
)

_NUMBER = re.compile(r"\+?[\d\s().\-‐‑–/]+(?:(?:,|;)?\s*(?:ext|extension|x|#)\.?\s*\d{1,6})?", re.IGNORECASE)


def phone_number(text: str) -> str:
    """A telephone number, as typed. Raises RuleError for what is none."""
    number = text.strip()
    digits = sum(character.isdigit() for character in number)
    if not _NUMBER.fullmatch(number) or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        raise RuleError(NO_PHONE)
    return number


def web_address(text: str) -> str:
    """A web address, as typed. Raises RuleError for what is none."""
    address = text.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        raise RuleError(NO_ADDRESS) from None
    if parts.scheme.lower() not in {"http", "https"} or not host or re.search(r"\s", address):
        raise RuleError(NO_ADDRESS)
    return address
