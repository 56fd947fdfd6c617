"""The champion thanks for the month: drafted on its first working day, posted by a click. The rules are in domain.

Who brought what is counted anew when it is posted, so that nobody is named who has declined since.
"""

from datetime import date
from functools import reduce

from domain import permissions
from domain.credit import Credit, ranked, together
from domain.digest import is_due, month_before
from domain.messages import Kind
from domain.moment import Moment
from domain.monthly_thanks import (
    NAMED,
    WORDS_LIMIT,
    Move,
    State,
    Thanks,
    after,
    check_month,
    check_says_something,
)
from domain.people import Actor, Role
from domain.permissions import Action
from domain.settings import Settings
from domain.time_zones import zone_of
from domain.value import Period
from steps.checks import optional
from steps.periods import bounds
from steps.wins import WINS_CHANNEL
from steps.working_days import working_in
from storage import audit, credit, outbox, people, settings
from storage import monthly_thanks as stored
from storage.guard import GuardedSession
from storage.memberships import can_be_asked
from storage.monthly_thanks import MonthlyThanks
from storage.people import Person
from views import monthly_thanks as view


def draft(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Put the draft before the champions, or the leaders where nobody is champion, once a month. Silent where there is
    nobody to thank, or nobody who could."""
    today = _today(moment, known)
    if not is_due(today, working_in(known.time_zone)):
        return False
    month = month_before(today)
    if stored.of_month(session, _first(month)) is not None:
        return False
    readers, (found, named) = _readers(session, today), _read(session, known, month)
    if readers and found.says_something:
        session.add(MonthlyThanks(month=found.month, state=State.DRAFTED.value, at=moment.now))
        for reader in readers:
            _write(session, moment, found, named, reader)
    return False


def _today(moment: Moment, known: Settings) -> date:
    return moment.now.astimezone(zone_of(known.time_zone)).date()


def _first(month: Period) -> date:
    return month.first or date.min


def _readers(session: GuardedSession, today: date) -> list[str]:
    for role in (Role.CHAMPION, Role.LEADER):
        here = [one.slack_user_id for one in people.holders(session, role) if can_be_asked(one, today)]
        if here:
            return [one for one in here if one]
    return []


def _read(session: GuardedSession, known: Settings, month: Period) -> tuple[Thanks, list[str]]:
    """The thanks of a month, and the ids of those whom they name. Seven statements, however many people there are."""
    since, until = bounds(month, known.time_zone)
    whole = together(credit.brought(session, since, until, month.first, month.last))
    rows = people.by_ids(session, whole)
    slack_ids = {one.id: one.slack_user_id for one in rows if one.slack_user_id}
    places = ranked(whole.values(), slack_ids, credit.unnamed(session), NAMED)
    summed = reduce(Credit.__add__, whole.values(), Credit(""))
    named = [place.credit.person_id for place in places if place.slack_user_id]
    row = stored.of_month(session, _first(month))
    by = session.get(Person, (session.workspace_id, row.by_id)) if row is not None and row.by_id else None
    state = State(row.state) if row is not None else State.DRAFTED
    others = sum(one.is_any for one in whole.values()) - len(places)
    return Thanks(_first(month), places, others, summed, state, by.slack_user_id if by else None), named


def _subject(month: date) -> str:
    return f"thanks:{month:%Y-%m}"


def _write(session: GuardedSession, moment: Moment, found: Thanks, named: list[str], reader: str) -> None:
    message, slot = view.draft(found), f"{_subject(found.month)}:{reader}"
    subjects = [_subject(found.month), *named]
    outbox.put(session, moment, Kind.THANKS_DRAFT, reader, message, subjects=subjects, slot=slot)


def seen(session: GuardedSession, actor: Actor, moment: Moment) -> Thanks:
    """Those of the last month, for whoever may post them. Raises NotAllowed."""
    permissions.check(actor, Action.SEND_THANKS)
    known = settings.load(session)
    return _read(session, known, month_before(_today(moment, known)))[0]


def post(session: GuardedSession, actor: Actor, moment: Moment, month: date, words: str | None = None) -> Thanks:
    """Post them in the wins channel, under the name of whoever does: with these words, or with those of the draft.

    Raises NotAllowed, RuleError at `words` or where there is nobody to thank, AlreadyDone when somebody was faster.
    """
    permissions.check(actor, Action.SEND_THANKS)
    said = optional(words, WORDS_LIMIT, "words")
    row, known = _decided(session, actor, moment, month, Move.POST), settings.load(session)
    found, named = _read(session, known, month_before(_today(moment, known)))
    check_says_something(found)
    row.words = said or view.drafted(found)
    message = view.post(found, row.words, actor.slack_user_id)
    subjects = [_subject(month), actor.person_id, *named]
    outbox.put(session, moment, Kind.THANKS_POST, WINS_CHANNEL, message, subjects=subjects)
    _redraw(session, moment, found, named)
    return found


def leave_out(session: GuardedSession, actor: Actor, moment: Moment, month: date) -> None:
    """Not this month. Raises NotAllowed, RuleError for a month that is past, AlreadyDone when somebody was faster."""
    permissions.check(actor, Action.SEND_THANKS)
    _decided(session, actor, moment, month, Move.LEAVE_OUT)
    known = settings.load(session)
    _redraw(session, moment, *_read(session, known, month_before(_today(moment, known))))


def _decided(session: GuardedSession, actor: Actor, moment: Moment, month: date, move: Move) -> MonthlyThanks:
    """The row, held; of two who decide at once the second one is told."""
    known = settings.load(session)
    check_month(month, _first(month_before(_today(moment, known))))
    row = stored.of_month(session, month, lock=True)
    if row is None:
        row = MonthlyThanks(month=month, state=State.DRAFTED.value)
        session.add(row)
    before, row.state = row.state, after(State(row.state), move).value
    row.by_id, row.at = actor.person_id, moment.now
    session.flush()
    audit.record(
        session,
        moment,
        actor.person_id,
        f"thanks.{move.name.lower()}",
        ("workspace", session.workspace_id),
        before={"state": before},
        after={"state": row.state, "month": month.isoformat()},
    )
    return row


def _redraw(session: GuardedSession, moment: Moment, found: Thanks, named: list[str]) -> None:
    """Let the drafts say what became of them."""
    subject = _subject(found.month)
    there = outbox.places_of_family(session, f"{subject}:", subject)
    for slot in sorted(outbox.posted(session, list(there))):
        _write(session, moment, found, named, there[slot])
