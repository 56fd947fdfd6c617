"""The team's work on one advocate: introduction, interview, notes, profile, consent, publishing. Decides no rule.

A form carries the advocate's id as its metadata; the profile's and the notes' are JSON, which also says what the form
was opened with. Fields bear the names that refusals use.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain import nominations
from domain.advocates import MOVES, REQUIRED, Card, Consent, ConsentScope, Interview, Move, State, notes_mark
from domain.errors import RuleError
from domain.nominations import NOTE_LIMIT, WHY_LIMIT
from domain.query import Facet
from views import blocks, inputs, words
from views.ids import Action, Callback
from views.nomination_words import credit, who
from views.profile import agreed, checked, preview, profile, profile_from
from views.text import Block, line, link, mention, moment, quote

HELD = "held"
FRIDAY, MORNING = 5, time(10)
"""When a conversation is suggested: on a working day, at an hour when people have read their mail."""

ENDED = "It has ended, so nobody finds them until they agree again."

UNTIL_HINT = "The last day on which it holds. Leave it empty if they named no end."

_NO_TIME = "When do you talk?"
NO_DAY = "On which day did they agree?"
_NO_SCOPE = "Please tick what they agreed to."


def journey(card: Card, today: date, alike: Sequence[tuple[Facet, str, str]] = ()) -> Block:
    """The team's place for one advocate: what is done, what comes next, and all else one may do. For `alike`, see
    `words.likenesses`."""
    consent_step = _consent_step(card, today)
    steps = [_interview_step(card), _notes_step(card), _profile_step(card), consent_step, _publish_step(card)]
    is_next = next((at for at, (is_done, *_rest) in enumerate(steps) if not is_done), -1)
    backers = credit(card)
    content = [
        blocks.header(f"{card.contact_name}, {card.company}"),
        blocks.section(f"Now: *{card.state.words}*." + (f" Put forward by {backers}." if backers else "")),
        _introduction(card),
        *[_step(card, *step, is_next=at == is_next) for at, step in enumerate(steps)],
        *words.likenesses(alike),
        blocks.divider(),
        *blocks.actions(_exits(card)),
    ]
    return blocks.modal(Callback.JOURNEY, "Journey", content, meta=card.id)


def _introduction(card: Card) -> Block:
    by = f", recorded by {mention(card.introduced_by_slack_id)}" if card.introduced_by_slack_id else ""
    note = f"\n{quote(card.introduction_note, 1200)}" if card.introduction_note else ""
    return blocks.section(f":white_check_mark: *Introduction*: done{by}{note}")


Step = tuple[bool, str, str, Action, str, bool]
"""Done?, what, where it stands, the action, its button, whether that is possible now."""


def _step(
    card: Card, is_done: bool, what: str, stands: str, action: Action, label: str, is_possible: bool, *, is_next: bool
) -> Block:
    sign = ":white_check_mark:" if is_done else ":arrow_right:" if is_next else ":white_circle:"
    style = "primary" if is_next else None
    button = blocks.button(label, action, card.id, style=style, spoken=f"{label}: {what}") if is_possible else None
    return blocks.section(f"{sign} *{'Next: ' if is_next else ''}{what}*: {stands}", button)


def _interview_step(card: Card) -> Step:
    is_possible = (card.state, Move.SCHEDULE) in MOVES
    found = card.interview
    if found is None:
        return False, "Interview", "no date yet", Action.INTERVIEW, "Schedule", is_possible
    by = f" with {mention(found.interviewer_slack_id)}" if found.interviewer_slack_id else ""
    place = f", {link(found.link, 'join')}" if found.link else ""
    return True, "Interview", f"{moment(found.at)}{by}{place}", Action.INTERVIEW, "Reschedule", is_possible


def _notes_step(card: Card) -> Step:
    held = card.interview is not None and card.interview.held
    stands = "it took place" if held else "has it taken place?"
    return held, "Conversation", stands, Action.NOTES, "Notes", card.interview is not None


def _profile_step(card: Card) -> Step:
    lacking = [words for words in REQUIRED.values() if words in card.missing]
    stands = f"still missing: {', '.join(lacking)}" if lacking else "complete"
    return not lacking, "Profile", stands, Action.PROFILE, "Edit", True


def _consent_step(card: Card, today: date) -> Step:
    is_listed = card.consent is not None and card.consent.covers(ConsentScope.LISTED, today)
    stands = agreed(card.consent)
    if card.consent is not None and card.consent.has_ended(today):
        stands = f":warning: {ENDED} {stands}"
        return False, "Consent", stands, Action.CONSENT, "Renew", True
    return is_listed, "Consent", stands[:1].lower() + stands[1:], Action.CONSENT, "Record", True


def _publish_step(card: Card) -> Step:
    is_done = card.state is State.ACTIVE
    if is_done:
        stands = checked(card.verified_at)
        return True, "Published", stands[:1].lower() + stands[1:], Action.PUBLISH, "Publish", False
    stands = "not yet" if card.missing else "all is there"
    return False, "Publish", stands, Action.PUBLISH, "Publish", (card.state, Move.PUBLISH) in MOVES


def _exits(card: Card) -> list[Block]:
    row = [
        blocks.button("Contact details", Action.ADVOCATE_CONTACT, card.id),
        blocks.button("What they have approved", Action.ASSETS, card.id),
        blocks.button("What they got back", Action.GIFTS, card.id),
        blocks.button("Limits and pause", Action.PROTECTION, card.id),
    ]
    if (card.state, Move.REST) in MOVES:
        row.append(blocks.button("Let them rest", Action.REST, card.id))
    if (card.state, Move.WAKE) in MOVES:
        row.append(blocks.button("End the rest", Action.COME_BACK, card.id))
    if (card.state, Move.RETURN) in MOVES:
        row.append(blocks.button("Begin again", Action.COME_BACK, card.id))
    if (card.state, Move.RETIRE) in MOVES:
        sure = blocks.confirm(
            "Retire this advocate?", "Colleagues won't find them any more.", "Retire", "Keep", danger=True
        )
        row.append(blocks.button("Retire", Action.RETIRE, card.id, style="danger", confirm=sure))
    return row


def introduced(card: nominations.Card) -> Block:
    """Have the customer and the team been introduced?"""
    content = [
        blocks.section(
            f"Have *{who(card)}* and the advocacy team been introduced? The team then arranges a conversation, "
            "and the colleagues who put them forward are told."
        ),
        inputs.field(
            "note",
            "Anything the team should know?",
            inputs.text_input(multiline=True, most=NOTE_LIMIT, placeholder="Such as: prefers mornings"),
            optional=True,
        ),
    ]
    return blocks.modal(Callback.INTRODUCED, "Introduction", content, submit="Yes, they have", meta=card.id)


def introduced_from(typed: inputs.Typed) -> str | None:
    """The note for the team."""
    return inputs.text_of(typed, "note").strip() or None


def thanks_for_introduction(card: Card) -> Block:
    """Thank you: what happens next."""
    return blocks.notice(
        "Thank you", f"The advocacy team takes it from here, and arranges a conversation with *{who(card)}*."
    )


def interview(card: Card, *, now: datetime, time_zone: str = "UTC") -> Block:
    """When, where and who. Without a date the next working morning in the workspace's zone is suggested."""
    found = card.interview or Interview(at=_next_working_morning(now, time_zone))
    content = [
        blocks.section(f"When does the advocacy team talk with *{who(card)}*?"),
        inputs.field("at", "When", inputs.instant(found.at), hint="In your own time zone."),
        inputs.field("interviewer", "Who talks with them", inputs.person(found.interviewer_slack_id), optional=True),
        inputs.field(
            "link",
            "Link to the meeting",
            inputs.text_input(found.link, most=NOTE_LIMIT, placeholder="https://"),
            optional=True,
        ),
    ]
    return blocks.modal(Callback.INTERVIEW, "Interview", content, submit="Save", meta=card.id)


def _next_working_morning(now: datetime, time_zone: str) -> datetime:
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    day = now.astimezone(zone).date() + timedelta(days=1)
    while day.isoweekday() > FRIDAY:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, zone)


def interview_from(typed: inputs.Typed) -> tuple[datetime, str | None, str | None]:
    """When (aware, UTC), the link, and the interviewer's Slack id."""
    at = inputs.instant_of(typed, "at")
    if at is None:
        raise RuleError(_NO_TIME, {"at": _NO_TIME})
    return at, inputs.text_of(typed, "link").strip() or None, inputs.person_of(typed, "interviewer")


def notes(card: Card) -> Block:
    """Notes on the conversation, and whether it took place. Only for the advocacy team."""
    found = card.interview
    took_place = inputs.checkboxes([inputs.option("The conversation took place", HELD)], [HELD] if _held(found) else [])
    content = [
        blocks.context("Only the advocacy team reads these notes. What colleagues may know goes into the profile."),
        inputs.field(
            "notes",
            "Notes",
            inputs.text_input(found.notes if found else None, multiline=True, most=WHY_LIMIT),
            optional=True,
        ),
        inputs.field(HELD, "The conversation", took_place, optional=True),
    ]
    meta = blocks.metadata({"id": card.id, "mark": notes_mark(found.notes if found else None)})
    return blocks.modal(Callback.NOTES, "Interview notes", content, submit="Save", meta=meta)


def _held(found: Interview | None) -> bool:
    return found is not None and found.held


def notes_from(typed: inputs.Typed) -> tuple[str | None, bool]:
    """The notes, and whether the conversation took place."""
    return inputs.text_of(typed, "notes").strip() or None, HELD in inputs.choices_of(typed, HELD)


def consent(card: Card, today: date, usual: date | None = None) -> Block:
    """What the customer agreed to, when, how we know, and until when; `usual` is the end of one that begins today."""
    given = card.consent
    choices = [inputs.option(scope.value, scope.name) for scope in ConsentScope]
    scopes = [scope.name for scope in given.scopes] if given else []
    is_over = given is not None and given.has_ended(today)
    how = inputs.text_input(given.how if given else None, most=NOTE_LIMIT, placeholder="Such as: by email to Kim")
    until = given.until if given and not is_over else usual
    told = f" {ENDED}" if is_over else ""
    content = [
        blocks.section(f"What did *{who(card)}* agree to?{told}"),
        inputs.field("scopes", "They agreed to", inputs.checkboxes(choices, scopes)),
        inputs.field("given_on", "On which day", inputs.day(given.given_on if given and not is_over else today)),
        inputs.field("how", "How we know", how),
        inputs.field("until", "Until", inputs.day(until), optional=True, hint=UNTIL_HINT),
    ]
    return blocks.modal(Callback.CONSENT, "Consent", content, submit="Save", meta=card.id)


def consent_from(typed: inputs.Typed) -> Consent:
    """The agreement. Raises RuleError, at its field, where something was left out."""
    chosen, given_on = inputs.choices_of(typed, "scopes"), inputs.day_of(typed, "given_on")
    if not chosen:
        raise RuleError(_NO_SCOPE, {"scopes": _NO_SCOPE})
    if given_on is None:
        raise RuleError(NO_DAY, {"given_on": NO_DAY})
    scopes = tuple(scope for scope in ConsentScope if scope.name in chosen)
    return Consent(scopes, given_on, inputs.text_of(typed, "how"), inputs.day_of(typed, "until"))


def publish(card: Card) -> Block:
    """What colleagues will see, to confirm; or what is still missing."""
    if card.missing:
        lacking = "\n".join(f"• {line(words)}" for words in card.missing[:30])
        return blocks.notice("Not ready yet", f"*{who(card)}* can be published once these are there:\n{lacking}")
    content = [
        blocks.section("Colleagues will find this profile from now on, and whoever put them forward gets the credit."),
        blocks.divider(),
        *preview(card),
    ]
    return blocks.modal(Callback.PUBLISH, "Publish", content, submit="Publish", meta=card.id)


__all__ = [
    "consent",
    "consent_from",
    "interview",
    "interview_from",
    "introduced",
    "introduced_from",
    "journey",
    "notes",
    "notes_from",
    "profile",
    "profile_from",
    "publish",
    "thanks_for_introduction",
]
