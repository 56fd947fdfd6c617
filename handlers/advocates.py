"""The journey in Slack, from introduction to publishing. The rules are in steps.advocates."""

from collections.abc import Callable
from datetime import date
from typing import Any

from domain import permissions
from domain.advocates import Card, Move, Profile, usual_end
from domain.moment import Moment
from domain.nominations import Card as Nomination
from domain.people import Actor
from domain.query import Facet
from domain.settings import CONSENT_DAYS
from handlers import home
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import advocates, findable, profiles, vocabulary
from steps.progress import relations_of
from storage import cards, settings
from storage import profiles as stored
from storage.database import DatabaseBusyError
from storage.guard import GuardedSession
from views import advocates as view
from views import profile as profile_view
from views import words
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to every step of the journey."""
    clicks: dict[Action, Handler] = {
        Action.INTRODUCED: open_introduced,
        Action.JOURNEY: open_journey,
        Action.INTERVIEW: open_interview,
        Action.NOTES: _opener(
            "Interview notes", lambda card, _act: view.notes(card), permissions.Action.SEE_INTERVIEW_NOTES
        ),
        Action.PROFILE: open_profile,
        Action.CONSENT: open_consent,
        Action.PUBLISH: _opener("Publish", lambda card, _act: view.publish(card)),
        Action.REST: rest,
        Action.RETIRE: retire,
        Action.COME_BACK: come_back,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.options(Action.WORD.value)(answered(house, suggest_words))
    forms: dict[Callback, Handler] = {
        Callback.INTRODUCED: introduced,
        Callback.INTERVIEW: schedule,
        Callback.NOTES: record_interview,
        Callback.PROFILE: edit_profile,
        Callback.CONSENT: record_consent,
        Callback.PUBLISH: publish,
    }
    for callback, handler in forms.items():
        board.view(callback.value)(answered(house, handler))


async def open_introduced(act: Act) -> None:
    """The relationship owner, or the team, says that the introduction took place."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.introduced(await act.read(_for_introduction, act.value))

    await act.show("Introduction", make)


def _for_introduction(session: GuardedSession, actor: Actor, _moment: Moment, nomination_id: str) -> Nomination:
    card = cards.one(session, nomination_id)
    permissions.check(actor, permissions.Action.RECORD_INTRODUCTION, relations_of(actor, card))
    advocates.check_awaits_introduction(card)
    return card


async def introduced(act: Act) -> None:
    """Recorded; the team sees the next step in the alert."""
    card = await act.run(advocates.introduced, act.kept, act.typed_as(view.introduced_from))
    await act.args.ack(response_action="update", view=view.thanks_for_introduction(card))
    await home.redraw(act)


def _for_team(
    session: GuardedSession,
    actor: Actor,
    _moment: Moment,
    advocate_id: str,
    needed: permissions.Action = permissions.Action.EDIT_PROFILE,
) -> Card:
    permissions.check(actor, needed)
    return stored.one(session, advocate_id, with_notes=permissions.may(actor, permissions.Action.SEE_INTERVIEW_NOTES))


async def open_journey(act: Act) -> None:
    """What is done, what comes next."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return await _journey(act, await act.read(_for_team, act.value))

    await act.show("Journey", make)


async def redraw_journey(act: Act) -> None:
    """The journey that a click was made in, as it stands now."""
    await act.update(act.view_id, await _journey(act, await act.read(_for_team, act.kept)))


async def _journey(act: Act, card: Card) -> dict[str, Any]:
    today, alike = await act.read(_alike, card.profile)
    return view.journey(card, today, [(one.facet, one.value, one.like) for one in alike])


def _alike(
    session: GuardedSession, actor: Actor, moment: Moment, profile: Profile
) -> tuple[date, tuple[vocabulary.Alike, ...]]:
    return actor.today(moment.now), vocabulary.lookalikes(session, findable.terms_of(profile))


def _opener(
    title: str,
    draw: Callable[[Card, Act], dict[str, Any]],
    needed: permissions.Action = permissions.Action.EDIT_PROFILE,
) -> Handler:
    async def opened(act: Act) -> None:
        await act.args.ack()

        async def make() -> dict[str, Any]:
            return draw(await act.read(_for_team, act.value, needed), act)

        await act.show(title, make)

    return opened


async def open_profile(act: Act) -> None:
    """All that colleagues may know."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return profile_view.profile(*await act.read(_for_profile, act.value))

    await act.show("Profile", make)


def _for_profile(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> tuple[Card, list[str]]:
    return _for_team(session, actor, moment, advocate_id), list(vocabulary.load(session).values[Facet.ACTIVITY])


async def suggest_words(act: Act) -> None:
    """The workspace's words while somebody types, with what was typed as a word of its own."""
    typed, facet = act.body.get("value") or "", words.FACETS.get(act.body.get("block_id", ""))
    try:
        known = await act.read(_words_for_profile, facet, typed)
    except DatabaseBusyError:
        known = []  # another word can always be used
    await act.args.ack(options=words.options(typed, known))


def _words_for_profile(
    session: GuardedSession, actor: Actor, moment: Moment, facet: Facet | None, typed: str
) -> list[str]:
    if not permissions.may(actor, permissions.Action.EDIT_TARGETS):
        permissions.check(actor, permissions.Action.EDIT_PROFILE)
    return vocabulary.suggest(session, actor, moment, facet, typed) if facet else []


async def open_interview(act: Act) -> None:
    """When does the team talk with them?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        card, time_zone = await act.read(_for_interview, act.value)
        return view.interview(card, now=act.house.clock.now(), time_zone=time_zone)

    await act.show("Interview", make)


def _for_interview(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> tuple[Card, str]:
    return _for_team(session, actor, moment, advocate_id), settings.load(session).time_zone


async def open_consent(act: Act) -> None:
    """What did the customer agree to, and when?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.consent(*await act.read(_for_consent, act.value))

    await act.show("Consent", make)


def _for_consent(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str
) -> tuple[Card, date, date | None]:
    today = actor.today(moment.now)
    usual = usual_end(today, settings.load(session).numbers[CONSENT_DAYS])
    return _for_team(session, actor, moment, advocate_id), today, usual


async def _back_to_journey(act: Act, card: Card) -> None:
    """Close the form; the journey below it, if it is open, shows what changed."""
    below = act.view.get("previous_view_id")
    shown = await _journey(act, card) if below else None  # before the form closes: nobody sees the old one then
    await act.args.ack()
    if below and shown:
        await act.update(below, shown)
    await home.redraw(act)


def _receipt(act: Act) -> str:
    """The same for each delivery of one form."""
    return f"submit:{act.view_id}"


async def schedule(act: Act) -> None:
    """The interview has a date."""
    at, link, interviewer = act.typed_as(view.interview_from)
    card = await act.run(advocates.schedule, act.kept, at, link, interviewer, _receipt(act))
    await _back_to_journey(act, card)


async def record_interview(act: Act) -> None:
    """The interview took place, or notes were added."""
    meta = act.meta
    notes, held = act.typed_as(view.notes_from)
    card = await act.run(advocates.record_interview, meta.text("id"), notes, held=held, mark=meta["mark"])
    await _back_to_journey(act, card)


async def edit_profile(act: Act) -> None:
    """The profile was written."""
    meta = act.meta
    profile = act.typed_as(profile_view.profile_from)
    card = await act.run(profiles.edit_profile, meta.text("id"), profile, meta.number("version"))
    await _back_to_journey(act, card)


async def record_consent(act: Act) -> None:
    """The customer agreed."""
    consent = act.typed_as(view.consent_from)
    card = await act.run(advocates.record_consent, act.kept, consent, _receipt(act))
    await _back_to_journey(act, card)


async def publish(act: Act) -> None:
    """Colleagues can find them from now on."""
    card = await act.run(advocates.publish, act.kept)
    await _back_to_journey(act, card)


async def rest(act: Act) -> None:
    """Not to be found for a while."""
    await _leave(act, Move.REST)


async def retire(act: Act) -> None:
    """Not an advocate any more."""
    await _leave(act, Move.RETIRE)


async def _leave(act: Act, what: Move) -> None:
    await act.args.ack()
    card = await act.run(advocates.leave, act.value, what)
    await act.update(act.view_id, await _journey(act, card))
    await home.redraw(act)


async def come_back(act: Act) -> None:
    """Active again, or at the beginning again."""
    await act.args.ack()
    card = await act.run(advocates.come_back, act.value)
    await act.update(act.view_id, await _journey(act, card))
    await home.redraw(act)
