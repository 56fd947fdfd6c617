"""Is it still right? What owners are asked about their customers' profiles, and what the team hears of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from domain.advocates import Consent
from domain.errors import RuleError
from domain.freshness import WORDS_LIMIT, Check, Due
from domain.messages import Rendered
from domain.nominations import NOTE_LIMIT
from domain.phrases import listed
from views import blocks, inputs
from views.advocates import NO_DAY, UNTIL_HINT
from views.ids import Action, Callback
from views.profile import agreed as in_words
from views.text import Block, count, day, line, mention, quote


def ask(
    rows: Sequence[Due], due: Collection[str], agreed: Mapping[str, Consent], today: date, *, first: bool
) -> Rendered:
    """One message about all of an owner's profiles that are to be checked; those answered lose their buttons. `agreed`:
    what those agreed to of whom no more is asked than whether it still holds."""
    left = sum(one.advocate_id in due for one in rows)
    again = "" if first else "Once more: "
    said = f"{again}{count(left, 'customer')} of yours: is what we know of them still right?"
    if not left:
        said = "Thank you: all of these are answered."
    content = [blocks.section(f"*{said}*")]
    for one in rows:
        content += _profile(one, agreed.get(one.advocate_id), today, is_due=one.advocate_id in due)
    small = "Colleagues find these customers when they need somebody who speaks for us. One click is enough."
    return blocks.message(said, [*content, blocks.context(small)])


def _profile(one: Due, consent: Consent | None, today: date, *, is_due: bool) -> list[Block]:
    who = _who(one)
    if not is_due:
        return [blocks.context(f":white_check_mark: {who}: answered")]
    right = Action.CHECK_CONFIRM if one.check is Check.WHOLE else Action.CHECK_AGREED
    look = blocks.button("Look", Action.CARD, one.advocate_id, spoken=f"Look at {one.name}")
    still = blocks.button("Still right", right, one.advocate_id, style="primary", spoken=f"Still right: {one.name}")
    again = blocks.button(
        "They agree again", Action.CHECK_CONSENT, one.advocate_id, spoken=f"They agree again: {one.name}"
    )
    row = [
        *([] if one.check is Check.CONSENT else [still]),
        *([again] if one.consent_ends else []),
        blocks.button(
            "Something changed", Action.CHECK_CHANGED, one.advocate_id, spoken=f"Something changed: {one.name}"
        ),
        blocks.button("Left the company", Action.CHECK_LEFT, one.advocate_id, spoken=f"Left the company: {one.name}"),
        blocks.button("Pause", Action.CHECK_PAUSE, one.advocate_id, spoken=f"Pause: {one.name}"),
    ]
    asked = _whole(one) if one.check is Check.WHOLE else _agreement(one, consent)
    if one.check is Check.CONSENT:
        asked = f"\n{in_words(consent)}"
    if one.consent_ends is not None:
        asked += f"\n{_ends(one.consent_ends, today)}"
    return [blocks.section(f"*{who}*{asked}", look), *blocks.actions(row, f"check-{one.advocate_id}")]


def _whole(one: Due) -> str:
    return f", checked on {day(one.checked_on)}" if one.checked_on else ", never checked"


def _agreement(one: Due, consent: Consent | None) -> str:
    would = listed([line(activity, 60) for activity in one.activities]) or "nothing in particular"
    return f": would they still do this?\nWould do: {would}\n{in_words(consent)}"


def _ends(last: date, today: date) -> str:
    if last < today:
        return f":warning: What they agreed to ended on {day(last)}, so nobody finds them. Do they agree again?"
    return f":warning: What they agreed to ends on {day(last)}. Do they agree again?"


def _who(one: Due) -> str:
    return f"{line(one.name, 100)} of {line(one.company, 100)}"


def unanswered(rows: Sequence[Due], number: int, today: date) -> Rendered:
    """To the team: whose profile nobody confirms, and whose consent has ended."""
    said = f"{count(number, 'profile')} that nobody confirms. Unchecked for long, they are not offered any more."
    content = [blocks.section(f"*{said}*")]
    for one in rows:
        why = "has not answered" if one.owner else "can't be asked" if one.owner_id else "is missing"
        owner = f"the relationship owner {why}"
        if one.has_no_consent(today) and one.consent_ends:
            owner = f"their consent ended on {day(one.consent_ends)}, so nobody finds them; {owner}"
        button = blocks.button("Open", Action.JOURNEY, one.advocate_id, spoken=f"Open {one.name}")
        content.append(blocks.section(f"{_who(one)}: {owner}", button))
    if number > len(rows):
        content.append(blocks.context(f"And {number - len(rows):,} more; these come first."))
    return blocks.message(said, content)


def has_changed(one: Due, owner: str, said: str) -> Rendered:
    """To the team: an owner says that a profile is not right any more."""
    text = f"{mention(owner)} says that something has changed with {_who(one)}."
    button = blocks.button("Open", Action.JOURNEY, one.advocate_id, spoken=f"Open {one.name}")
    return blocks.message(text, [blocks.section(f"{text}\n{quote(said)}", button)])


def has_left(one: Due, owner: str, heir: str | None, company: str | None) -> Rendered:
    """To the team: an advocate has left the company."""
    text = f"{_who(one)} has left the company, says {mention(owner)}. Nobody finds them any more."
    rows = [text]
    if heir:
        rows.append(f"Who follows:\n{quote(heir)}")
    if company:
        rows.append(f"They are now at {line(company, 100)}: new company, new consent.")
    content = [blocks.section("\n".join(rows)), *blocks.actions(_there(one.name, company))]
    return blocks.message(text, content)


def _there(name: str, company: str | None) -> list[Block]:
    if not company:
        return []
    return [blocks.button("Nominate them there", Action.NOMINATE_WORDS, f"{name} @ {company}")]


def thanked(nominate: str | None) -> Block:
    """After an owner said that somebody left."""
    content = [blocks.section("Thank you. Nobody finds them any more, and the advocacy team knows.")]
    if nominate:
        content += [
            blocks.section("Would they speak for us at the new company? Then put them forward once more."),
            *blocks.actions([blocks.button("Nominate them there", Action.NOMINATE_WORDS, nominate)]),
        ]
    return blocks.modal(Callback.NOTHING, "Thank you", content)


def changed(advocate_id: str) -> Block:
    """What has changed?"""
    box = inputs.text_input(most=WORDS_LIMIT, multiline=True)
    content = [
        inputs.field("words", "What has changed?", box, hint="The advocacy team reads it, and keeps the profile.")
    ]
    return blocks.modal(Callback.CHECK_CHANGED, "Something changed", content, submit="Send", meta=advocate_id)


def left(advocate_id: str) -> Block:
    """Who follows, and where did they go?"""
    content = [
        inputs.field("follows", "Who follows?", inputs.text_input(most=WORDS_LIMIT), optional=True),
        inputs.field("company", "Where are they now?", inputs.text_input(most=WORDS_LIMIT), optional=True),
        blocks.context("Nobody finds them any more afterwards. What they agreed to does not hold at a new company."),
    ]
    return blocks.modal(Callback.CHECK_LEFT, "Left the company", content, submit="Tell the team", meta=advocate_id)


def renew(advocate_id: str, name: str, stands: Consent | None, today: date, until: date | None) -> Block:
    """They agree again: since when, how we know, until when."""
    how = inputs.text_input(most=NOTE_LIMIT, placeholder="Such as: on the phone this morning")
    content = [
        blocks.section(f"Does *{line(name, 100)}* agree again to the same as before?\n{in_words(stands)}"),
        inputs.field("given_on", "On which day did they agree again?", inputs.day(today)),
        inputs.field("how", "How do you know?", how),
        inputs.field("until", "Until", inputs.day(until), optional=True, hint=UNTIL_HINT),
        blocks.context("If it is to be something else, close this and press Something changed instead."),
    ]
    return blocks.modal(Callback.CHECK_CONSENT, "They agree again", content, submit="Save", meta=advocate_id)


def renewed_from(typed: inputs.Typed) -> Consent:
    """That form; what they agree to is what they had agreed to. Raises RuleError where the day is missing."""
    given_on = inputs.day_of(typed, "given_on")
    if given_on is None:
        raise RuleError(NO_DAY, {"given_on": NO_DAY})
    return Consent((), given_on, inputs.text_of(typed, "how"), inputs.day_of(typed, "until"))


def pause(advocate_id: str) -> Block:
    """Until when?"""
    until = inputs.field("until", "Nobody asks them before", inputs.day())
    return blocks.modal(Callback.CHECK_PAUSE, "Pause", [until], submit="Pause", meta=advocate_id)


def pause_from(typed: inputs.Typed) -> date | None:
    """The day in that form."""
    return inputs.day_of(typed, "until")
