"""Somebody goes through every door to the nudges. Decides not who else may."""

from datetime import date

from domain.messages import Kind
from domain.nudges import Audience, Button
from sandbox.person import Person
from storage import outbox
from storage.guard import GuardedSession
from storage.nudges import SENT, Nudge, NudgeEdit
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company
from views import nudges as view

OPEN_NUDGE_DOORS = {
    "nudge_done",  # what somebody says to a message, and wants for themselves
    "nudge_not_mine",
    "nudge_snooze",
    "nudge_stop",
    "nudge_undo",
    "nudge_name_me",
    "nudges_open",  # one's own wishes, for whoever may not plan
    "nudges_mine_open",
    "nudge_my_snooze",
    "nudge_my_stop",
    "nudge_my_again",
}
"""Of these doors, those that stand open to every full member."""

TEXT = "Thank somebody for a customer who helped you."


async def every_nudge_door_once(company: Company) -> None:
    """Answered, planned, changed, looked at."""
    async with company.person("rasmus") as admin:
        await _answers(company, admin)
        await admin.command("/advocacy", "settings")
        await press(admin, "settings", "nudges_open")
        await admin.modal("nudges")
        await _wants(admin)
        await _plans(admin)
        await _edits(company, admin)
        await press(admin, "nudges", "nudges_sent_open")
        shown = await admin.modal(has("nudges_sent_older"))
        await admin.click(shown, "nudges_sent_older")
        await admin.click(await admin.modal(has("nudges_sent_newer")), "nudges_sent_newer")
        await admin.modal(has("nudges_sent_older"))
        await admin.close()
        await press(admin, "nudges", "nudge_effect_open")
        await admin.modal("nudge_effect", containing="Too few to tell")
        await admin.close()
        await press(admin, "nudges", "nudge_run", value="sales")
        await company.sandbox.settled()  # sent, or refused because it is night: both come through the door


def _posted(session: GuardedSession, company: Company) -> None:
    """A nudge in a channel, and enough that were sent before for a second page."""
    moment = company.everboard.house.moment()
    channel = company.sandbox.world.find_channel("sales")
    assert channel is not None
    for number in range(25):
        row = Nudge(
            id=moment.new_id(), occasion=f"before {number}", audience=Audience.SALES.value, entry_id=f"e{number}"
        )
        row.target, row.due_on, row.outcome, row.text = channel.id, date(2026, 3, 3), SENT, TEXT
        row.created_at = moment.now
        session.add(row)
    outbox.put(session, moment, Kind.CHANNEL_NUDGE, channel.id, view.nudge(TEXT, Button.DONE, row.id))


async def _answers(company: Company, admin: Person) -> None:
    company.read(_posted, company)
    company.everboard.delivery.wake()
    posted = await admin.message("sales", containing=TEXT)
    await admin.click(posted, "nudge_not_mine")
    await admin.click(await admin.message("sales", match=has("nudge_undo")), "nudge_undo")
    await admin.message("sales", containing="Undone")
    for said in ("nudge_snooze", "nudge_stop", "nudge_done"):
        await admin.click(posted, said)
    told = await admin.message("sales", containing="May we name you")
    await admin.click(told, "nudge_name_me", value="yes")
    await admin.message("sales", containing="you may be named")


async def _wants(admin: Person) -> None:
    await press(admin, "nudges", "nudges_mine_open")
    await press(admin, "nudges_mine", "nudge_my_again")
    await press(admin, "nudges_mine", "nudge_my_snooze", containing="never more than two")
    await press(admin, "nudges_mine", "nudge_my_again", containing="no reminders until")
    await press(admin, "nudges_mine", "nudge_my_stop", containing="never more than two")
    await admin.modal("nudges_mine", containing="You get no reminders.")
    await admin.close()


async def _plans(admin: Person) -> None:
    await press(admin, "nudges", "nudge_plan_open", value="sales")
    await admin.modal("nudge_plan")
    assert (await admin.submit({})).result == "close"
    await press(admin, "nudges", "nudges_pause")
    await press(admin, "nudges", "nudges_resume")
    await admin.modal(has("nudges_pause"))


async def _edits(company: Company, admin: Person) -> None:
    await press(admin, "nudges", "nudge_library_open")
    shown = await admin.modal(has("nudge_shelf"))
    await admin.choose(shown, "nudge_shelf", "Desire")
    await admin.modal("nudge_library", containing="Everybody has a favourite")
    await press(admin, "nudge_library", "nudge_add_open")
    form = await admin.modal("nudge_entry")
    await admin.fill({"text": TEXT})
    await admin.click(form, "nudge_preview")
    await admin.modal("nudge_entry", containing="So it would read now")
    assert (await admin.submit({"text": TEXT, "audiences": ["sales"]})).result == "close"
    own = company.row(NudgeEdit)
    await press(admin, "nudge_library", "nudge_entry_open", value=own.entry_id)
    await admin.modal("nudge_entry")
    assert (await admin.submit({})).result == "close"
    await admin.close()
