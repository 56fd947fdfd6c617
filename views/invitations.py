"""An invitation to a program, as the relationship owner or the team reads it, and what came of it. Decides no move."""

from domain.memberships import Invitation, State
from domain.messages import Rendered
from views import blocks
from views.ids import Action
from views.text import Block, day, line, mention, quote

JOINED = "They joined"


def to_owner(one: Invitation) -> Rendered:
    """To the relationship owner: would they join? Kept up to date."""
    if one.state is not State.INVITED:
        return _over(one)
    again = "Once more: w" if one.is_reminder else "W"
    said = f"{again}ould {_who(one)} join {_program(one)}?"
    small = (
        "They are your customer, so you ask them and answer here. Without an answer the advocacy team is asked next."
    )
    content = [blocks.section(f"*{said}*\n{quote(one.purpose, 700)}"), blocks.context(_when(one)), *_answers(one)]
    return blocks.message(said, [*content, blocks.context(small)])


def to_team(one: Invitation, *, owner_is_there: bool) -> Rendered:
    """To the team's channel: nobody else can answer for this customer. Kept up to date."""
    if one.state is not State.INVITED:
        return _over(one)
    said = f"Would {_who(one)} join {_program(one)}?"
    if not one.owner:
        why = "Nobody is the relationship owner of this account"
    elif owner_is_there:
        why = f"{mention(one.owner)}, the relationship owner, has not answered for two weeks"
    else:
        why = f"{mention(one.owner)}, the relationship owner, is away or has left"
    told = f"{why}: please ask the customer, and answer here."
    content = [blocks.section(f"*{said}*\n{told}\n{quote(one.purpose, 700)}"), blocks.context(_when(one))]
    return blocks.message(f"{said} {told}", [*content, *_answers(one)])


def _answers(one: Invitation) -> list[Block]:
    sure = blocks.confirm("They said no?", "They are not proposed for this program any more.", "They said no", "Back")
    row = [
        blocks.button(JOINED, Action.INVITATION_JOIN, one.member_id, style="primary", spoken=f"{JOINED}: {one.name}"),
        blocks.button("Not now", Action.INVITATION_LATER, one.member_id, spoken=f"Not now: {one.name}"),
        blocks.button("No", Action.INVITATION_NO, one.member_id, spoken=f"No: {one.name}", confirm=sure),
    ]
    return blocks.actions(row)


def _over(one: Invitation) -> Rendered:
    return blocks.message(how_it_stands(one), [blocks.section(how_it_stands(one))])


def how_it_stands(one: Invitation) -> str:
    """What became of it, in a sentence. Escaped mrkdwn."""
    by = f", says {mention(one.answered_by)}" if one.answered_by else ""
    match one.state:
        case State.MEMBER:
            return f":white_check_mark: {_who(one)} has joined {_program(one)}{by}."
        case State.DECLINED if one.again_on:
            return f"{_who(one)} does not join {_program(one)} for now{by}. Not asked again before {day(one.again_on)}."
        case State.DECLINED:
            return f"{_who(one)} does not want to join {_program(one)}{by}."
        case State.INVITED:
            return f"{_who(one)} is invited to {_program(one)}."
    if one.is_over:
        return f"{_program(one, first=True)} is closed: {_who(one)} does not need to be asked any more."
    return f"{_who(one)} does not belong to {_program(one)} any more."


def answered(one: Invitation) -> Rendered:
    """To whoever invited: how it was answered."""
    button = blocks.button("Open the program", Action.MECHANISM, one.mechanism_id)
    return blocks.message(how_it_stands(one), [blocks.section(how_it_stands(one), button)])


def _who(one: Invitation) -> str:
    return f"{line(one.name, 100)} of {line(one.company, 100)}"


def _program(one: Invitation, *, first: bool = False) -> str:
    article = "The" if first else "the"
    return f"{article} {one.kind} “{line(one.program, 100)}”"


def _when(one: Invitation) -> str:
    until = f" to {day(one.ends_on)}." if one.ends_on else ", without a last day."
    return f"From {day(one.starts_on)}{until}" + (f" Next meeting: {day(one.next_on)}." if one.next_on else "")
