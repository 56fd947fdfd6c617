"""Who could join a program, and the team's answer for a customer. Decides neither; fields are named as in refusals."""

from domain.memberships import Invited, Member, Move, Proposals, Proposed
from domain.obstacles import REASON_LIMIT
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, count, in_words, line

TITLE = "Invite"
EXPLAINED = 10
"""Proposals that are told with their reasons in full; the list to pick from bears those of the others."""


def proposals(found: Proposals) -> Block:
    """Who fits, best first, with why; and who fits and can't be asked, with why not."""
    content = [
        blocks.section(f"*{line(found.name, 100)}*: {count(found.fitting, 'advocate fits', 'advocates fit')}."),
        *(blocks.section(_free(one)) for one in found.free[:EXPLAINED]),
    ]
    if not found.free:
        content.append(
            blocks.section("Nobody who fits can be asked now. Change whom the program seeks, or look at targets.")
        )
    else:
        hint = "Each relationship owner is asked by direct message, and answers for the customer."
        picked = inputs.multi_select([_option(one) for one in found.free], placeholder="Pick any number")
        content.append(inputs.field("who", "Whom do you invite?", picked, hint=hint))
    if found.blocked:
        content += [
            blocks.divider(),
            blocks.section("*They fit, and can't be asked*"),
            *(blocks.section(_blocked(one)) for one in found.blocked),
        ]
    submit = "Invite" if found.free else None
    return blocks.modal(Callback.MECHANISM_INVITE, TITLE, content, submit=submit, meta=found.mechanism_id)


def _who(one: Proposed) -> str:
    return f"*{line(one.name, 100)}*, {line(one.company, 100)}"


def _free(one: Proposed) -> str:
    return f"{_who(one)}\n{line(_why(one), 400)}"


def _why(one: Proposed) -> str:
    said = " · ".join(one.reasons)
    return said[:1].upper() + said[1:]


def _blocked(one: Proposed) -> str:
    return f"{_who(one)}\n:no_entry_sign: {line(' '.join(one.obstacles), 900)}"


def _option(one: Proposed) -> Block:
    return inputs.option(f"{one.name}, {one.company}", one.advocate_id, _why(one))


def picked_from(typed: inputs.Typed) -> tuple[str, ...]:
    """Who was picked."""
    return inputs.choices_of(typed, "who")


def invited(done: Invited) -> Block:
    """What came of it."""
    content = [blocks.section(f":white_check_mark: Invited: {in_words([line(name, 100) for name in done.names])}.")]
    content += [blocks.section(f":warning: {line(words, 900)}") for words in done.refused]
    content.append(blocks.context("The program shows how each of them answers, and you hear of it."))
    return blocks.modal(Callback.NOTHING, TITLE, content)


def answer(one: Member) -> Block:
    """What did the customer say? The team's form, with room for why it may be too much."""
    choices = [
        inputs.option("They joined", Move.JOIN.name),
        inputs.option("Not now", Move.PUT_OFF.name),
        inputs.option("No", Move.REFUSE.name),
    ]
    reason = inputs.text_input(most=REASON_LIMIT, multiline=True)
    hint = "Only where something stands in the way of joining, and they join all the same. It is kept on record."
    content = [
        blocks.section(f"*{line(one.name, 100)}*, {line(one.company, 100)}"),
        inputs.field("said", "What did they say?", inputs.radio(choices)),
        inputs.field("reason", "Why all the same?", reason, hint=hint, optional=True),
    ]
    return blocks.modal(Callback.MEMBER_ANSWER, "Answer for them", content, submit="Save", meta=one.id)


def answer_from(typed: inputs.Typed) -> tuple[Move, str | None]:
    """What was said, and why it may be too much."""
    return Move[inputs.choice_of(typed, "said") or Move.JOIN.name], inputs.text_of(typed, "reason").strip() or None
