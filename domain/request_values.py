"""What somebody says when asking for an advocate: which activity asks which questions, and which answers make sense.

Decides nothing about amounts (they stay as typed here) nor about whether an advocate is free.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from domain.errors import RuleError
from domain.names import clean_line, clean_text
from domain.phrases import said
from domain.vocabulary import Activity

FARTHEST_DAYS = 365
"""Days that a need may lie ahead: nobody can promise a customer's time for longer."""

MOST_SLOTS = 5
"""Times that can be proposed: as many as somebody reads and still picks from."""

LINE_LIMIT = 200
"""Characters of a short answer such as a place."""

TEXT_LIMIT = 1000
"""Characters of criteria, attendees and the like: a paragraph."""


class Purpose(StrEnum):
    """What an advocate is needed for; the value is what people read."""

    DEAL = "deal"
    CAMPAIGN = "campaign"
    OTHER = "something else"


class Field(StrEnum):
    """Questions that only some activities ask; the value is the name in RequestValues."""

    ATTENDEES = "attendees"
    SLOTS = "slots"
    DEADLINE = "deadline"
    FORMAT = "format"
    EVENT_ON = "event_on"
    PLACE = "place"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Question:
    """How an activity asks for a field."""

    field: Field
    label: str
    required: bool = False
    hint: str = ""


def _must(field: Field, label: str, hint: str = "") -> Question:
    return Question(field, label, required=True, hint=hint)


_CALL = (
    _must(Field.ATTENDEES, "Who takes part on the other side?", "Names are not needed: roles and company will do."),
    Question(Field.SLOTS, "Times that would suit them"),
)
_PIECE = _must(Field.DEADLINE, "When is the piece to be finished?")

FIELDS: Mapping[Activity, tuple[Question, ...]] = MappingProxyType(
    {
        Activity.REFERENCE_CALL: _CALL,
        Activity.GROUP_CALL: _CALL,
        Activity.EXECUTIVE_MEETING: (*_CALL, Question(Field.PLACE, "Where, if in person?")),
        Activity.ANALYST: (
            _must(Field.AUDIENCE, "Which analyst firm, and which report?"),
            Question(Field.SLOTS, "Times that would suit them"),
            Question(Field.DEADLINE, "When does the report close?"),
        ),
        Activity.SITE_VISIT: (
            _must(Field.ATTENDEES, "Who would visit?", "Names are not needed: roles and company will do."),
            Question(Field.SLOTS, "Times that would suit them"),
            Question(Field.PLACE, "Which site?"),
        ),
        Activity.CASE_STUDY: (_PIECE, Question(Field.FORMAT, "In what form?", hint="Two pages, a web page, a slide …")),
        Activity.VIDEO: (
            _PIECE,
            Question(Field.FORMAT, "In what form?", hint="How long, filmed where, by whom."),
            Question(Field.PLACE, "Where is it filmed?"),
        ),
        Activity.QUOTE: (
            _must(Field.FORMAT, "Where is it to appear?", "The website, a slide, a tender …"),
            Question(Field.DEADLINE, "When does it appear?"),
        ),
        Activity.REVIEW: (Question(Field.PLACE, "On which site?"), Question(Field.DEADLINE, "When does it close?")),
        Activity.SPEAKER: (
            _must(Field.EVENT_ON, "On what day is the event?"),
            _must(Field.PLACE, "Where is it?", "A city, or online."),
            _must(Field.AUDIENCE, "Who listens?", "How many, and who they are."),
            Question(Field.FORMAT, "What would they do?", hint="A talk, a panel, a fireside chat …"),
        ),
        Activity.PRESS: (
            _must(Field.AUDIENCE, "Which medium, and what is the story?"),
            Question(Field.DEADLINE, "When is the copy due?"),
            Question(Field.SLOTS, "Times that would suit them"),
        ),
        Activity.ADVISORY_BOARD: (
            Question(Field.EVENT_ON, "On what day does it first meet?"),
            Question(Field.PLACE, "Where does it meet?"),
        ),
        Activity.REFERRAL: (_must(Field.AUDIENCE, "To whom shall they introduce us?"),),
        Activity.FEEDBACK: (
            _must(Field.FORMAT, "What would they look at, and how?", "A beta for two weeks, an hour's interview …"),
            Question(Field.SLOTS, "Times that would suit them"),
        ),
    }
)
"""What each activity asks beyond the need-by date and the purpose, in the order of the form."""


@dataclass(frozen=True, slots=True)
class RequestValues:
    """A request as somebody filled it in. Days are the asker's own; `slots` are aware datetimes in the asker's zone.

    `company` is the one that the deal is with; `purpose_words` name the campaign or the other purpose. `amount` is as
    typed: `money` reads it.
    """

    activity: Activity
    need_by: date | None
    purpose: Purpose = Purpose.DEAL
    purpose_words: str | None = None
    advocate_id: str | None = None
    criteria: str | None = None
    opportunity_id: str | None = None
    opportunity: str | None = None
    amount: str | None = None
    close_on: date | None = None
    stage: str | None = None
    crm_id: str | None = None
    company: str | None = None
    attendees: str | None = None
    slots: tuple[datetime, ...] = ()
    deadline: date | None = None
    format: str | None = None
    event_on: date | None = None
    place: str | None = None
    audience: str | None = None
    note: str | None = None


_LINES = ("purpose_words", "opportunity", "amount", "stage", "crm_id", "company", "place")
_TEXTS = ("criteria", "attendees", "format", "audience", "note")
_OF_A_DEAL = ("opportunity_id", "opportunity", "amount", "close_on", "stage", "crm_id", "company")


def check_values(values: RequestValues, now: datetime, today: date) -> RequestValues:
    """The same values, cleaned, holding only what the activity and the purpose ask for; slots in order, each once.

    `today` is the asker's own day. Raises RuleError whose `fields` name each answer that is missing or makes no sense.
    """
    fields: dict[str, str] = {}
    relevant = _relevant(values)
    texts = dict(_texts(relevant, fields))
    cleaned = replace(relevant, slots=tuple(sorted(set(relevant.slots))), **texts)  # type: ignore[arg-type]  # each name is a text of RequestValues
    for name, sentence in (*_missing(cleaned), *_dates(cleaned, today), *_slots(cleaned, now)):
        fields.setdefault(name, sentence)
    if fields:
        raise RuleError("Some fields need another look.", fields)
    return cleaned


def planned_day(values: RequestValues) -> date | None:
    """The day that counts for capacity until one is agreed: the event's, else the first slot's, else the need-by date.

    A deadline is when the piece is finished; the customer's own work lies before the need-by date.
    """
    if values.event_on is not None:
        return values.event_on
    return min(values.slots).date() if values.slots else values.need_by


def _relevant(values: RequestValues) -> RequestValues:
    """Without answers to questions of another activity or purpose, which a changed form leaves behind."""
    asked = {question.field.value for question in FIELDS[values.activity]}
    drop: dict[str, object] = {name.value: () if name is Field.SLOTS else None for name in Field if name not in asked}
    if values.purpose is Purpose.DEAL:
        drop["purpose_words"] = None
    else:
        drop |= dict.fromkeys(_OF_A_DEAL)
    return replace(values, **drop)  # type: ignore[arg-type]  # each name is a field of RequestValues that may be empty


def _texts(values: RequestValues, fields: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    for name in (*_LINES, *_TEXTS):
        typed = getattr(values, name) or ""
        try:
            clean = clean_line(typed, LINE_LIMIT) if name in _LINES else clean_text(typed, TEXT_LIMIT)
            yield name, clean or None
        except RuleError as error:
            fields[name] = error.message


def _missing(values: RequestValues) -> Iterator[tuple[str, str]]:
    if values.need_by is None:
        yield "need_by", "By when do you need somebody?"
    if not values.advocate_id and not values.criteria:
        yield "criteria", "Say whom you look for: an industry, a country, a role, a product."
    if values.purpose is Purpose.DEAL and not values.opportunity_id and not values.opportunity:
        yield "opportunity", "Which deal is it for? Its name is enough."
    if values.purpose is not Purpose.DEAL and not values.purpose_words:
        yield "purpose_words", "What is it for? A few words are enough."
    for question in FIELDS[values.activity]:
        if question.required and not getattr(values, question.field):
            yield question.field.value, f"Please answer this: {question.label}"


def _dates(values: RequestValues, today: date) -> Iterator[tuple[str, str]]:
    for name in ("need_by", "deadline", "event_on"):
        day: date | None = getattr(values, name)
        if day is None:
            continue
        if day < today:
            yield name, f"{said(day, today)} is past. Today or later, please."
        elif (day - today).days > FARTHEST_DAYS:
            yield name, "That is more than a year away. Nobody can promise a customer's time for so long."
        elif values.need_by is not None and name != "need_by" and day < values.need_by:
            yield name, f"That is before {said(values.need_by, today)}, by which you need somebody. Which one is right?"


def _slots(values: RequestValues, now: datetime) -> Iterator[tuple[str, str]]:
    if len(values.slots) > MOST_SLOTS:
        yield "slots", f"Up to {MOST_SLOTS} times, please."
    for slot in values.slots:
        if slot.utcoffset() is None:
            raise ValueError("a slot needs a time with a zone")
        if slot <= now:
            yield "slots", f"{_at(slot, now)} is past. Times that are still to come, please."
        elif values.need_by is not None and slot.date() > values.need_by:
            yield "slots", f"{_at(slot, now)} is after the day by which you need somebody."


def _at(slot: datetime, now: datetime) -> str:
    return f"{said(slot.date(), now.date())}, {slot:%H:%M}"
