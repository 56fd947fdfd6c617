"""What one cell of a file of past pulses means. Raises RuleError as `cells`."""

from domain.errors import RuleError
from domain.imports.cells import Reading, key, line
from domain.nominations import NAME_LIMIT
from domain.pulse import ELEMENTS, HIGHEST, LOWEST, Element

name, respondent = line(NAME_LIMIT), line(NAME_LIMIT)

_ELEMENTS = {key(element.value): element for element in ELEMENTS}

_NOT_SAID = {key(word) for word in ("can't say", "cannot say", "don't know", "n/a", "na", "none", "null", "no answer")}


def element(cell: str, _reading: Reading) -> Element:
    """One of the five elements, by its name."""
    found = _ELEMENTS.get(key(cell))
    if found is None:
        raise RuleError(f"isn't one of: {', '.join(ELEMENTS)}")
    return found


def score(cell: str, _reading: Reading) -> int | None:
    """A whole number from 1 to 5, "4.0" and "4,0" included as spreadsheets write them; None for "can't say"."""
    if key(cell) in _NOT_SAID or not key(cell):
        return None
    digits, _, rest = cell.replace(",", ".").partition(".")
    if not (digits.isascii() and digits.isdecimal() and not rest.strip("0") and LOWEST <= int(digits) <= HIGHEST):
        raise RuleError(f"isn't a whole number from {LOWEST} to {HIGHEST}")
    return int(digits)
