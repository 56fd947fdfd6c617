"""Messages about a program's meetings: to relationship owners, and to whoever sees to the program. Decides nothing."""

from collections.abc import Sequence
from datetime import date

from domain.meetings import ABOUT_LIMIT, Meeting, State
from domain.messages import Rendered
from views import blocks
from views.ids import Action
from views.meetings import TITLE, did_not_take_place
from views.text import Block, count, day, in_words, line

NAMED = 10
"""Customers who are named in one sentence; of more the number is told."""

Names = Sequence[tuple[str, str]]
"""Customers, each with their company."""


def to_owner(one: Meeting, customers: Names, was: date | None = None) -> Rendered:
    """To a relationship owner: it takes place, on another day, or not at all. Asks them to tell their customers."""
    said = _said(one, was)
    who = _named(customers)
    if one.state is State.CALLED_OFF:
        asked = f"Please tell {who} that it does not take place."
    else:
        asked = f"{who} {'belongs' if len(customers) == 1 else 'belong'} to it: please make sure they know."
    return blocks.message(f"{said} {asked}", [blocks.section(f"*{said}*\n{asked}"), blocks.context(_about(one))])


def to_desk(one: Meeting, told: int, untold: Names, was: date | None = None) -> Rendered:
    """To whoever sees to the program: the same, who was told, and for whom there is nobody to tell."""
    said = _said(one, was)
    rows = [f"{count(told, 'relationship owner was', 'relationship owners were')} told."] if told else []
    if untold:
        who = "Nobody could tell" if one.state is not State.CALLED_OFF else "Nobody could tell of it"
        rows.append(f"{who} {_named(untold)}, whose relationship owner is missing or away: please see to it.")
    if not told and not untold:
        rows.append("Nobody belongs to the program yet.")
    content = [blocks.section("\n".join([f"*{said}*", *rows])), blocks.context(_about(one))]
    return blocks.message(" ".join([said, *rows]), [*content, *_way(one)])


def who_came(one: Meeting) -> Rendered:
    """To whoever sees to the program, once its day has passed. Kept up to date."""
    what = f"{_program(one)} on {day(one.on)}"
    if one.state is State.COUNTED:
        said = f"{count(one.came, 'member')} came to the meeting of {what}."
    elif one.state is State.CALLED_OFF:
        said = f"The meeting of {what} did not take place."
    else:
        said = f"Who came to the meeting of {what}?"
    content: list[Block] = [blocks.section(f"*{said}*"), blocks.context(_about(one))]
    if one.state is State.PLANNED:
        note = blocks.button("Note who came", Action.MEETING_COUNT, one.id, style="primary")
        content += blocks.actions([note, did_not_take_place(one)])
    else:
        content += _way(one)
    return blocks.message(said, content)


def _said(one: Meeting, was: date | None) -> str:
    program = _program(one)
    if one.state is State.CALLED_OFF:
        return f"The meeting of {program} on {day(one.on)} is called off."
    if was is not None:
        return f"The meeting of {program} is moved from {day(was)} to {day(one.on)}."
    return f"There is a meeting of {program} on {day(one.on)}."


def _program(one: Meeting) -> str:
    return f"the {one.kind} “{line(one.program, 100)}”"


def _about(one: Meeting) -> str:
    return f"It is about: {line(one.about, ABOUT_LIMIT)}"


def _named(some: Names) -> str:
    names = [f"{line(name, 100)} of {line(company, 100)}" for name, company in some[:NAMED]]
    if len(some) > NAMED:
        names.append(count(len(some) - NAMED, "other customer"))
    return in_words(names)


def _way(one: Meeting) -> list[Block]:
    return blocks.actions([blocks.button(TITLE, Action.MEETINGS, one.mechanism_id)])
