"""The do-not-contact list in Slack: entries, which name nobody, and the forms. Decides nothing about who sees it."""

from collections.abc import Sequence

from domain.do_not_contact import MOST, REASON_LIMIT, Entry
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, day, in_words, mention

TITLE = "Do-not-contact list"

WHO_LIMIT = 320
"""Characters of an address, or of a name and a company."""

WHAT_IT_IS = (
    "Customers on this list can't be nominated, imported as advocates or put themselves forward. It holds no name and "
    "no address, only codes that tell whether somebody is on it; so nobody can read who they are."
)
EMPTY = "Nobody is on it. Whoever is erased goes on it by itself; put somebody on it who asks not to be contacted."


def listed(entries: Sequence[Entry], total: int) -> Block:
    """The entries in force, newest first, each with the way to lift it."""
    add = blocks.button("Put somebody on it", Action.DO_NOT_CONTACT_ADD, style="primary")
    content = [blocks.section(WHAT_IT_IS), *blocks.actions([add]), blocks.divider()]
    content += [blocks.section(_entry(one), _lift(one)) for one in entries]
    if not entries:
        content.append(blocks.section(EMPTY))
    if total > len(entries):
        content.append(blocks.context(f"The newest {MOST} of {count(total, 'entry', 'entries')}."))
    return blocks.modal(Callback.DO_NOT_CONTACT, TITLE, content)


def _entry(one: Entry) -> str:
    by = f", entered by {mention(one.added_by)}" if one.added_by else ""
    known = in_words([*["address"] * one.has_email, *["name and company"] * one.has_name])
    return f"*{day(one.added_at.date())}*: {one.origin.words}{by}\nRecognised by {known}"


def _lift(one: Entry) -> Block:
    spoken = f"Lift the entry of {one.added_at:%Y-%m-%d %H:%M}"
    return blocks.button("Lift", Action.DO_NOT_CONTACT_LIFT, one.id, spoken=spoken)


def form() -> Block:
    """Who is it?"""
    hint = "Their email address; or name and company, such as: Ada Lovelace @ Analytical Engines."
    content = [
        inputs.field("who", "Who must not be contacted?", inputs.text_input(most=WHO_LIMIT), hint=hint),
        blocks.context("What is known of them stays; they are only not nominated again. To remove it, erase them."),
    ]
    return blocks.modal(Callback.DO_NOT_CONTACT_ADD, TITLE, content, submit="Put on the list")


def lift_form(entry_id: str) -> Block:
    """Why may they be contacted again?"""
    why = inputs.text_input(most=REASON_LIMIT, multiline=True)
    content = [
        inputs.field("reason", "Why may they be contacted again?", why, hint="The audit keeps it. Please name nobody."),
    ]
    return blocks.modal(Callback.DO_NOT_CONTACT_LIFT, TITLE, content, submit="Lift the entry", meta=entry_id)
