"""Erasing a person: what is shown before and after, and what stands where their messages stood. Decides nothing."""

from collections.abc import Iterator

from domain.erasing import KINDS, Preview, Subject
from domain.messages import Rendered
from domain.requests import Card
from views import blocks, inputs
from views.ids import Action, Callback
from views.text import Block, count, in_words, line

TITLE = "Erase a person"

FOR_GOOD = "This can't be undone. Backups hold what they hold until they are overwritten."
AGAIN = "To confirm, type again what you looked for"

WHO_LIMIT = 320
"""Characters of an address, or of a name and a company."""


def removed() -> Rendered:
    """In the place of a message that spoke of somebody who was erased."""
    return blocks.message("Removed on request.", [blocks.section("_Removed on request._")])


def sought_anew(card: Card) -> Rendered:
    """To whoever asked for a customer who was erased. Says no name: it would stay in their messages."""
    said = f"The customer whom you asked for can't be asked any more ({card.activity.value}). "
    said += "The advocacy team looks for somebody else; you hear from them as before."
    return blocks.message(said, [blocks.section(said)])


def form() -> Block:
    """Who is it?"""
    content = [
        blocks.section(
            "For somebody who asks to be forgotten, customer or colleague. First you see what there is; nothing is "
            "removed before you confirm that."
        ),
        inputs.field(
            "who",
            "Who is it?",
            inputs.text_input(most=WHO_LIMIT),
            hint="Their email address; or name and company, such as: Ada Lovelace @ Analytical Engines.",
        ),
    ]
    return blocks.modal(Callback.ERASE, TITLE, content, submit="Show what there is")


def preview(found: Preview) -> Block:
    """What goes, and the field that confirms it."""
    content = [
        blocks.section(f"*{line(found.called, 200)}*\n{in_short(found)}"),
        blocks.section("\n".join(f"• {one}" for one in consequences(found))),
        inputs.field("who", AGAIN, inputs.text_input(most=WHO_LIMIT)),
        blocks.context(FOR_GOOD),
    ]
    return blocks.modal(Callback.ERASE_CONFIRM, TITLE, content, submit="Erase for good", meta=meta(found))


def meta(found: Preview) -> str:
    """The rows that are meant: ids, no name and no address."""
    return blocks.metadata({"contacts": list(found.subject.contact_ids), "people": list(found.subject.person_ids)})


def meant(text: str | None) -> Subject:
    """The rows that `meta` says."""
    values = blocks.read_metadata(text)
    return Subject(tuple(values.get("contacts") or ()), tuple(values.get("people") or ()))


def in_short(found: Preview) -> str:
    """How much there is, by kind."""
    counted = [count(number, KINDS[kind], PLURALS.get(kind)) for kind, number in found.counts.items() if number]
    return f"Everboard holds {in_words(counted)}." if counted else "Everboard holds nothing but the name."


PLURALS = {
    "contact": "contacts with name, address and number",
    "engagement": "uses of theirs",
    "asset": "approved quotes, stories or videos",
    "gift": "gifts or thank-yous",
    "request": "requests for them",
    "person": "colleague's records",
    "nominated": "nominations they made",
    "requested": "requests they made",
    "look_up": "look-ups they made",
    "message": "messages in Slack",
    "audit": "entries in the audit",
}
"""Where more than one is not the same word with an s."""


def consequences(found: Preview) -> Iterator[str]:
    """What will happen, in plain words."""
    yield "Name, address, number, interview, consent and what was written about them go, from the search too."
    yield "Messages in Slack that speak of them are changed to “Removed on request”, or lose the name."
    yield "Where reports count, a row without a name stays: figures do not change."
    if found.subject.contact_ids:
        yield "Open requests for them go back to the advocacy team, and whoever asked hears so."
        yield "They go on the do-not-contact list as a code that nobody can read: they can't be nominated again."
    if found.subject.person_ids:
        yield "What they did in the program stays, as done by somebody unnamed; roles and own settings go."
    if found.is_in_slack:
        yield (
            "They are still a member of this Slack workspace, so name and address come back from Slack within a day. "
            "Deactivate the account first if that must not be; accounts that left are not read in again."
        )


def done(*, is_listed: bool) -> Block:
    """It has begun, and goes on by itself."""
    said = "They are erased. Messages in Slack are being changed now; with many of them that takes some minutes."
    if is_listed:
        said += "\nThey are on the do-not-contact list, which names nobody."
    row = [blocks.button("Do-not-contact list", Action.DO_NOT_CONTACT)] if is_listed else []
    return blocks.modal(Callback.NOTHING, TITLE, [blocks.section(said), *blocks.actions(row)])
