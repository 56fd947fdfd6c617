"""What one cell of a file of deals means, where it is not what it means in any file. Raises RuleError as `cells`."""

from domain.currencies import possible
from domain.errors import RuleError
from domain.imports.cells import Reading, line, shown
from domain.opportunities import NAME_LIMIT, STAGE_LIMIT, DealKind, crm_id
from domain.stages import kind_of

NO_CODE = "isn't the code of a currency, such as EUR"

name, stage = line(NAME_LIMIT), line(STAGE_LIMIT)


def currency(cell: str, _reading: Reading) -> str:
    """The code of a currency, from its code (any of ISO 4217's), its sign or its name.

    What several bear ("$") stays as it is: which one is meant is up to the workspace.
    """
    found = possible(cell.strip(), "")
    word = cell.split(maxsplit=1)[0]  # "EUR - Euro"
    if len(found) > 1:
        return cell.strip()
    if not found and not (len(word) == 3 and word.isascii() and word.isalpha()):
        raise RuleError(NO_CODE)
    return found[0] if found else word.upper()


def deal_id(cell: str, _reading: Reading) -> str:
    """A deal's id in the CRM."""
    return crm_id(cell)


def deal_kind(cell: str, reading: Reading) -> DealKind:
    """What is sold to whom; a type of the company's own counts as new, with a remark."""
    found = kind_of(cell)
    if found is None:
        reading.remarks.append(f"The type “{shown(cell)}” is no new business, renewal or expansion, and counts as new.")
    return found or DealKind.NEW
