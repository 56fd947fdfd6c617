"""One customer in a program, as a row of its list: how they stand, what they did and got back. Decides no move."""

from collections.abc import Iterator
from decimal import Decimal

from domain.mechanisms import ASKED_FOR, DRIVES, Kind, Opened, State
from domain.memberships import Member
from domain.memberships import State as MemberState
from domain.money import Money, words
from domain.participation import Cap, Participation
from views import blocks, gifts
from views.ids import Action
from views.text import Block, count, day, line, mention


def activity(kind: Kind) -> str:
    """What its members are asked for, as a sentence begins."""
    word = ASKED_FOR[kind].value
    return word[:1].upper() + word[1:]


def money(hundredths: int, cap: Cap) -> str:
    """An amount in the currency of the cap."""
    return words(Money(Decimal(hundredths) / 100, cap.currency))


def row(one: Member, found: Opened) -> list[Block]:
    """How they stand, what they took part in and got back, and what can be done."""
    part = f"\n{' · '.join(_part(one.part, found))}" if one.state is MemberState.MEMBER and one.part else ""
    said = blocks.section(f"*{line(one.name, 100)}*, {line(one.company, 100)}\n{_how(one)}{part}")
    hands = [] if found.summary.state is State.CLOSED else [*_buttons(one)]
    if one.state is MemberState.MEMBER:
        hands.append(blocks.button(gifts.TITLE, Action.GIFTS, one.advocate_id, spoken=f"{gifts.TITLE}: {one.name}"))
    return [said, *blocks.actions(hands, f"member-{one.id}")]


def _part(part: Participation, found: Opened) -> Iterator[str]:
    """What they took part in, and what they got back."""
    if part.held:
        yield f"Came to {part.came} of {count(part.held, 'meeting')}"
    if found.summary.kind in DRIVES or part.uses:
        yield f"{activity(found.summary.kind)}: {part.uses or 'not yet'}"
    cap = found.cap
    yield f"Got back {money(part.given, cap)} of {money(100 * cap.units, cap)} in {cap.year}"


def _how(one: Member) -> str:
    gone = " :warning: Not active any more." if one.is_gone else ""
    match one.state:
        case MemberState.MEMBER:
            return f"Member since {day(one.joined_on)}.{gone}" if one.joined_on else f"Member.{gone}"
        case MemberState.INVITED:
            who = "the advocacy team" if one.with_team or not one.owner else mention(one.owner)
            return f"Invited: {who} was asked on {day(one.asked_on)}.{gone}"
        case MemberState.DECLINED if one.again_on:
            return f"Not now. Proposed again from {day(one.again_on)} on."
        case MemberState.DECLINED:
            return "Said no."
    return "Not in it any more."


def _buttons(one: Member) -> Iterator[Block]:
    match one.state:
        case MemberState.INVITED:
            yield blocks.button("Answer for them", Action.MEMBER_ANSWER, one.id, spoken=f"Answer for them: {one.name}")
            yield _leave(one, "Take back", "Take the invitation back?", "Nobody needs to answer it any more.")
        case MemberState.MEMBER:
            yield _leave(one, "Leaves", "Do they leave?", "They stay on record as a former member.")
        case _:
            sure = blocks.confirm("Invite them again?", "Their relationship owner is asked once more.", "Invite")
            yield blocks.button(
                "Invite again", Action.MEMBER_AGAIN, one.id, spoken=f"Invite again: {one.name}", confirm=sure
            )


def _leave(one: Member, label: str, question: str, words: str) -> Block:
    sure = blocks.confirm(question, words, label, "Back", danger=True)
    return blocks.button(label, Action.MEMBER_LEAVE, one.id, spoken=f"{label}: {one.name}", confirm=sure)
