"""Somebody goes through every door to a pulse. Decides not who else may."""

from datetime import date

from domain.messages import Kind
from sandbox.person import Person
from storage import outbox
from storage.guard import GuardedSession
from storage.pulse import Pulse
from storage.pulse_runs import PulseRun
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company
from views.pulse_ballot import Told, invitation

OPEN_PULSE_DOORS = {
    "pulse_desire",  # unfolds one's own form
}
"""Of these doors, those that stand open to every full member."""


async def every_pulse_door_once(company: Company) -> None:
    """Planned, called off, planned again, answered, paused; and what was said before."""
    company.read(_held_before, company)
    async with company.person("ingrid") as leader, company.person("desmond") as rep:
        await _plan(leader, "First")
        await press(leader, "pulse_standing", "pulse_call_off")
        await leader.modal(containing="It was called off")
        await leader.close()
        await _plan(leader, "Second")
        await _answer(company, rep)
        # The window may be from before it opened.
        await press(leader, "pulse_standing", "pulse_standing_open")
        await press(leader, "pulse_standing", "pulse_pause", containing="open until")
        await press(leader, "pulse_standing", "pulse_resume", containing="paused")
        await press(leader, "pulse_standing", "pulse_standing_open", containing="open until")
        await leader.close()
        await leader.command("/pulse")
        await leader.click(await leader.message("general", match=has("pulse_comments_open")), "pulse_comments_open")
        await leader.modal("pulse_comments")
        await leader.close()
        await leader.choose(await leader.message("general", match=has("pulse_trend")), "pulse_trend", "sales")
        await leader.message("general", containing="*Sales* from ")


def _held_before(session: GuardedSession, company: Company) -> None:
    """A pulse that people here have answered."""
    moment = company.everboard.house.moment()
    made = Pulse(id=moment.new_id(), name="Before", key="before", held_on=date(2026, 1, 5), smallest=5)
    made.created_at = moment.now
    session.add(made)


async def _plan(leader: Person, name: str) -> None:
    await leader.command("/pulse")
    await leader.click(await leader.message("general", match=has("pulse_plan_open")), "pulse_plan_open")
    await leader.modal("pulse_plan")
    await leader.submit({"name": name, "functions": [], "people": ["U0DESMOND"]})
    await leader.modal("pulse_preview", containing=name)
    await leader.submit({})
    await leader.modal(containing="It is planned")
    await leader.close()
    await leader.command("/pulse")
    shown = await leader.message("general", containing=name, match=has("pulse_standing_open"))
    await leader.click(shown, "pulse_standing_open")
    await leader.modal("pulse_standing", containing=name)


def _invite(session: GuardedSession, company: Company, run: PulseRun) -> None:
    """The message, at whatever time of day this runs."""
    told = Told(run.id, run.name, run.closes_at, run.smallest, run.backup_days)
    outbox.put(session, company.everboard.house.moment(), Kind.PULSE, "U0DESMOND", invitation(told, "Sales"))


async def _answer(company: Company, rep: Person) -> None:
    run = company.row(PulseRun, PulseRun.name == "Second")
    await company.until(lambda: company.row(PulseRun, PulseRun.name == "Second").state == "open")
    company.read(_invite, company, run)
    company.everboard.delivery.wake()
    shown = await rep.message(containing="Second", match=has("pulse_1"))
    for score in range(5, 0, -1):
        await rep.click(shown, f"pulse_{score}")
        form = await rep.modal("pulse")
        if score > 1:
            await rep.close()
    await rep.choose(form, "pulse_desire", "2")
    await rep.modal("pulse", containing="What would move you most?")
    given = dict.fromkeys(("desire", "knowledge", "ability", "reinforcement"), "2")
    assert (await rep.submit(given)).result == "close"
    await rep.command("/pulse")
    await rep.click(await rep.message("general", match=has("pulse_take_open")), "pulse_take_open")
    await rep.modal("pulse", containing="Change my answers")
    await rep.close()
