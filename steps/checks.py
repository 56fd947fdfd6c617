"""What is checked against the outside world's rules: an email address, a country. Asks no server."""

from collections.abc import Callable
from dataclasses import replace

from email_validator import EmailNotValidError, validate_email

from domain.errors import RuleError
from domain.nominations import Values, cleaned
from domain.regions import country_code

NO_EMAIL = "That doesn't look like an email address. Please check it, or leave it empty."
NO_COUNTRY = "Which country is that? Please write its name in English, or leave it empty."


def checked(values: Values) -> Values:
    """The values cleaned, the address in its normal form, the country as its code.

    Raises RuleError naming at once every field that needs another look.
    """
    fields: dict[str, str] = {}
    email = _kept(values.email, address, "email", fields)
    country = _kept(values.country, country_of, "country", fields)
    try:
        values = cleaned(values)
    except RuleError as error:
        fields |= error.fields
    if fields:
        raise RuleError("Some fields need another look.", fields)
    return replace(values, email=email, country=country)


def address(text: str) -> str:
    """An email address in its normal form. Raises RuleError."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise RuleError(NO_EMAIL) from None


def country_of(text: str) -> str:
    """A country's ISO code. Raises RuleError."""
    code = country_code(text)
    if code is None:
        raise RuleError(NO_COUNTRY)
    return code


def _kept(text: str | None, check: Callable[[str], str], name: str, fields: dict[str, str]) -> str | None:
    if text is None or not text.strip():
        return None
    try:
        return check(text)
    except RuleError as error:
        fields[name] = error.message
        return None
