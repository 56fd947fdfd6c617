"""Imported gifts: what advocates got before. The year's cap does not refuse them: what was given was given."""

from collections.abc import Sequence
from datetime import date

from domain.errors import RuleError
from domain.imports.cells import shown
from domain.imports.kinds import GiftRow
from domain.imports.report import Outcome, Result
from domain.moment import Moment
from domain.money import Money
from domain.opportunities import amount_in_file, hundredths
from steps.imports.batch import Colleagues, Job, each
from steps.imports.whose import Advocates
from storage import gifts, imports, settings
from storage.guard import GuardedSession

Key = tuple[str, str, date, int | None, str]


def keep(session: GuardedSession, moment: Moment, job: Job, rows: Sequence[GiftRow]) -> list[Outcome]:
    """Add the gifts of these lines that are not here yet. Six statements."""
    advocates = Advocates(session, rows)
    givers = Colleagues(session, [row.giver for row in rows])
    known = gifts.counted(session, advocates.ids)
    currency = settings.load(session).currency
    added: list[imports.Draft] = []

    def one(row: GiftRow) -> Outcome:
        money = _amount(row, currency)
        advocate, code = advocates.of(row), money.currency if money else currency
        if row.given_on > moment.now.date():
            raise RuleError(f"{row.given_on.isoformat()} is still to come")
        key: Key = (advocate.id, row.what, row.given_on, hundredths(money) if money else None, code)
        if job.times.of(key, row.line) <= known.get(key, 0):
            return Outcome(row.line, Result.UNCHANGED)
        giver = givers.find(row.giver)
        facts = dict(zip(("advocate_id", "what", "given_on", "hundredths", "currency"), key, strict=True))
        gift = imports.blank(gifts.GiftRow, id=moment.new_id(), created_at=moment.now, **facts)
        gift.given_by_id = giver.id if giver else None
        added.append(gift)
        return Outcome(row.line, Result.ADDED, remarks=givers.remark(row.giver, "nobody is named as the giver"))

    outcomes = each(rows, one)
    imports.add_drafts(session, gifts.GiftRow, added)
    return outcomes


def _amount(row: GiftRow, currency: str) -> Money | None:
    if row.amount is None:
        return None
    try:
        return amount_in_file(row.amount, currency)
    except RuleError as error:
        raise RuleError(f"the amount “{shown(row.amount)}” won't do: {error.message}") from None
