"""`/advocates …`: a private, paged answer, and one advocate's card. The search is in steps.lookup."""

import json
from typing import Any

from slack_bolt.async_app import AsyncApp

from domain import permissions
from domain.advocates import Card, State
from domain.errors import RuleError
from domain.messages import Rendered
from domain.moment import Moment
from domain.people import Actor
from domain.slack_text import plain
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from steps import contacts, lookup
from steps.progress import relations_of
from storage import cards, profiles
from storage.guard import GuardedSession
from views import lookup as view
from views import profile as profile_view
from views import review as review_view
from views.ids import Action, Callback

LONGEST_QUERY = 500
"""Characters of a query that are used and shown again; a button's value holds 2,000."""


def register(app: AsyncApp, house: House) -> None:
    """Listen to look-ups."""
    app.command("/advocates")(answered(house, look_up))
    app.action(Action.PAGE.value)(answered(house, turn_page))
    app.action(Action.LOOK_UP.value)(answered(house, open_query))
    app.view(Callback.LOOK_UP.value)(answered(house, look_up_from_form))
    app.action(Action.CARD.value)(answered(house, open_card))
    app.action(Action.ADVOCATE_CONTACT.value)(answered(house, show_contact))


async def look_up(act: Act) -> None:
    """The command: an answer that only the asker sees."""
    await act.args.ack()
    message = await _answer(act, plain(act.body.get("text") or "")[:LONGEST_QUERY], 0)
    await act.args.respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


async def turn_page(act: Act) -> None:
    """The next or previous five, in the place of these."""
    await act.args.ack()
    wanted = json.loads(act.action["value"])
    message = await _answer(act, wanted["q"], wanted["p"])
    if act.view:
        await act.update(act.view["id"], view.in_modal(message))
    else:
        await act.args.respond(text=message.text, blocks=message.blocks, replace_original=True)


async def open_query(act: Act) -> None:
    """From Home or a button: what are you looking for?"""
    await act.args.ack()
    await act.open(view.query_form())


async def look_up_from_form(act: Act) -> None:
    """The question was sent: the answer takes the form's place."""
    message = await _answer(act, view.query_from(act.typed)[:LONGEST_QUERY], 0)
    await act.args.ack(response_action="update", view=view.in_modal(message))


async def _answer(act: Act, query: str, page: int) -> Rendered:
    found = await act.read(lookup.look_up, query, page)
    return view.answer(
        found.found, query=query, page=found.page, pages=found.pages, total=found.total, understood=found.understood
    )


async def open_card(act: Act) -> None:
    """One advocate's profile, as far as this person may see it."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        card, may_see = await act.read(_card, act.action["value"])
        return profile_view.card(card, can_see_contact=may_see)

    await act.show("Advocate", make)


def _card(session: GuardedSession, actor: Actor, _moment: Moment, advocate_id: str) -> tuple[Card, bool]:
    permissions.check(actor, permissions.Action.LOOK_UP)
    card = profiles.one(session, advocate_id)
    if card.state is not State.ACTIVE and not permissions.may(actor, permissions.Action.EDIT_PROFILE):
        raise RuleError("This advocate can't be asked at present. Please look for another one.")
    relations = relations_of(actor, cards.one(session, card.nomination_id))
    return card, permissions.may(actor, permissions.Action.SEE_CONTACT, relations)


async def show_contact(act: Act) -> None:
    """An advocate's email and phone, to whoever may see them."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return review_view.contact_details(*await act.run(contacts.of_advocate, act.action["value"]))

    await act.show("Contact details", make)
