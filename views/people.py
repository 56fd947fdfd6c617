"""What people say of themselves, and who has not said it yet. Decides no rule."""

from collections.abc import Sequence

from domain.people import Function
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, count, mention

LISTED = 80
"""People in one list."""


def about_you(function: Function | None, manager_slack_id: str | None) -> Block:
    """What somebody works in, and who their manager is, filled with what is known."""
    choices = [inputs.option(one.value.capitalize(), one.value) for one in Function]
    chosen = inputs.radio(choices, function.value if function else None)
    hint = "So that your manager sees what the team contributes. Leave it empty if you'd rather not say."
    content = [
        inputs.field("function", "Where do you work?", chosen),
        inputs.field("manager", "Who is your manager?", inputs.person(manager_slack_id), hint=hint, optional=True),
    ]
    return blocks.modal(Callback.FUNCTION, "About you", content, submit="Save")


def about_you_from(typed: inputs.Typed) -> tuple[Function, str | None]:
    """The function and the manager's Slack id."""
    return Function(inputs.choice_of(typed, "function") or Function.OTHER), inputs.person_of(typed, "manager")


def unknown_people(people: Sequence[tuple[str, str]]) -> Block:
    """Those (Slack id, name) of whom nobody knows what they work in."""
    if not people:
        return blocks.notice("People", "Everybody's function is known.")
    named = [mention(slack_id, name) for slack_id, name in people[:LISTED]]
    rest = f"\nAnd {len(people) - LISTED:,} more." if len(people) > LISTED else ""
    known = "They are asked once in Home. A user group or an import of people tells it for all of them at once."
    content = [
        blocks.section(f"Nobody knows what *{count(len(people), 'colleague')}* work in."),
        blocks.section("\n".join(named) + rest),
        blocks.context(known),
    ]
    return blocks.modal(Callback.NOTHING, "People", content)
