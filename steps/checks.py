"""What is checked of values that came in: an address, a country, words, a colleague. Asks no server."""

from collections.abc import Callable
from dataclasses import replace

from email_validator import EmailNotValidError, validate_email

from domain.errors import RuleError
from domain.names import clean_line, clean_text
from domain.nominations import LINE_LIMIT, Values, cleaned
from domain.people import Standing
from domain.reachable import phone_number, web_address
from domain.regions import country_code
from storage import people
from storage.guard import GuardedSession
from storage.people import Person

NO_EMAIL = "That doesn't look like an email address. Please check it, or leave it empty."
NO_COUNTRY = "Which country is that? Please write its name in English, or leave it empty."


def checked(values: Values) -> Values:
    """The values cleaned, the address in its normal form, the country as its code.

    Raises RuleError naming at once every field that needs another look.
    """
    fields: dict[str, str] = {}
    email = _kept(values.email, address, "email", fields)
    country = _kept(values.country, country_of, "country", fields)
    _kept(values.phone, phone_number, "phone", fields)
    _kept(values.evidence_link, web_address, "evidence_link", fields)
    try:
        values = cleaned(values)
    except RuleError as error:
        fields |= error.fields
    if fields:
        raise RuleError("Some fields need another look.", fields)
    products = tuple(dict.fromkeys(filter(None, (clean_line(product, LINE_LIMIT) for product in values.products))))
    return replace(values, email=email, country=country, products=products)


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


def needed(text: str, limit: int, name: str, sentence: str) -> str:
    """Cleaned text that must say something. Raises RuleError at the field `name`: the sentence when it is blank."""
    words = optional(text, limit, name)
    if words is None:
        raise RuleError(sentence, {name: sentence})
    return words


def optional(text: str | None, limit: int, name: str) -> str | None:
    """Cleaned text, None for nothing. Raises RuleError at the field `name` when it is too long."""
    try:
        return clean_text(text or "", limit) or None
    except RuleError as error:
        raise RuleError(error.message, {name: error.message}) from None


def colleague(session: GuardedSession, slack_user_id: str, name: str) -> Person:
    """Somebody picked who must be reachable. Raises RuleError at the field `name` for a guest and whoever has left."""
    found = people.by_slack_id(session, slack_user_id)
    if found is None or found.standing != Standing.MEMBER.value:
        sentence = "Please pick a colleague who is a full member of this Slack workspace."
        raise RuleError(sentence, {name: sentence})
    return found


def _kept(text: str | None, check: Callable[[str], str], name: str, fields: dict[str, str]) -> str | None:
    if text is None or not text.strip():
        return None
    try:
        return check(text)
    except RuleError as error:
        fields[name] = error.message
        return None
