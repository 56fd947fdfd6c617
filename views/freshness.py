"""Is it still right? What owners are asked about their customers' profiles, and what the team hears of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from domain.advocates import Consent
from domain.freshness import WORDS_LIMIT, Check, Due
from domain.messages import Rendered
from domain.phrases import listed
from views import blocks, inputs
from views.ids import Action, Callback
from views.profile import agreed as in_words
from views.text import Block, count, day, line, mention, quote


def ask(rows: Sequence[Due], due: Collection[str], agreed: Mapping[str, Consent], *, first: bool) -> Rendered:
    """One message about all of an owner's profiles that are to be checked; those answered lose their buttons. `agreed`:
    what those agreed to of whom no more is asked than whether it still holds."""
    left = sum(one.advocate_id in due for one in rows)
    again = "" if first else "Once more: "
    said = f"{again}{count(left, 'customer')} of yours: is what we know of them still right?"
    if not left:
        said = "Thank you: all of these are answered."
    content = [blocks.section(f"*{said}*")]
    for one in rows:
        content += _profile(one, agreed.get(one.advocate_id), is_due=one.advocate_id in due)
    small = "Colleagues find these customers when they need somebody who speaks for us. One click is enough."
    return blocks.message(said, [*content, blocks.context(small)])


def _profile(one: Due, consent: Consent | None, *, is_due: bool) -> list[Block]:
    who = _who(one)
    if not is_due:
        return [blocks.context(f":white_check_mark: {who}: answered")]
    right = Action.CHECK_CONFIRM if one.check is Check.WHOLE else Action.CHECK_AGREED
    look = blocks.button("Look", Action.CARD, one.advocate_id, spoken=f"Look at {one.name}")
    row = [
        blocks.button("Still right", right, one.advocate_id, style="primary", spoken=f"Still right: {one.name}"),
        blocks.button(
            "Something changed", Action.CHECK_CHANGED, one.advocate_id, spoken=f"Something changed: {one.name}"
        ),
        blocks.button("Left the company", Action.CHECK_LEFT, one.advocate_id, spoken=f"Left the company: {one.name}"),
        blocks.button("Pause", Action.CHECK_PAUSE, one.advocate_id, spoken=f"Pause: {one.name}"),
    ]
    asked = _whole(one) if one.check is Check.WHOLE else _agreement(one, consent)
    return [blocks.section(f"*{who}*{asked}", look), *blocks.actions(row, f"check-{one.advocate_id}")]


def _whole(one: Due) -> str:
    return f", checked on {day(one.checked_on)}" if one.checked_on else ", never checked"


def _agreement(one: Due, consent: Consent | None) -> str:
    would = listed([line(activity, 60) for activity in one.activities]) or "nothing in particular"
    return f": would they still do this?\nWould do: {would}\n{in_words(consent)}"


def _who(one: Due) -> str:
    return f"{line(one.name, 100)} of {line(one.company, 100)}"


def unanswered(rows: Sequence[Due], number: int) -> Rendered:
    """To the team: whose profile nobody confirms."""
    said = f"{count(number, 'profile')} that nobody confirms. Unchecked for long, they are not offered any more."
    content = [blocks.section(f"*{said}*")]
    for one in rows:
        why = "has not answered" if one.owner else "can't be asked" if one.owner_id else "is missing"
        owner = f"the relationship owner {why}"
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


def pause(advocate_id: str) -> Block:
    """Until when?"""
    until = inputs.field("until", "Nobody asks them before", inputs.day())
    return blocks.modal(Callback.CHECK_PAUSE, "Pause", [until], submit="Pause", meta=advocate_id)


def pause_from(typed: inputs.Typed) -> date | None:
    """The day in that form."""
    return inputs.day_of(typed, "until")
