"""What an email address is, decided by email-validator. Asks no server whether it exists."""

from dataclasses import replace

from email_validator import EmailNotValidError, validate_email

from domain.errors import RuleError
from domain.nominations import Values

SENTENCE = "That doesn't look like an email address. Please check it, or leave it empty."


def checked(text: str | None) -> str | None:
    """The address in its normal form; None for an empty one. Raises RuleError at the field `email`."""
    if text is None or not text.strip():
        return None
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise RuleError(SENTENCE, {"email": SENTENCE}) from None


def with_checked_email(values: Values) -> Values:
    """The same values with their address checked."""
    return replace(values, email=checked(values.email))
