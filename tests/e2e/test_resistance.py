"""The resistance log in Slack: the notice, an entry about a colleague, the reminder, and what the colleague reads."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.service import Everboard
from domain.messages import Kind
from sandbox.clock import real_now
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.outbox import Message
from storage.resistance import ResistanceEntry
from tests.e2e.acts import HOSTILE, MARKUP, has, press
from tests.e2e.conftest import Company
from tests.e2e.resistance_doors import add, switch_on
from tests.e2e.test_pulse import moved_company, rows
from tests.patience import PATIENCE


async def test_the_notice_comes_first_and_only_those_named_read_names(company: Company) -> None:
    async with company.person("ingrid") as leader, company.person("desmond") as rep:
        await leader.command("/advocacy", "log")
        await press(leader, "resistance", "resistance_on_open", containing="This is switched off")
        await leader.modal("resistance_on")
        unread = await leader.submit({"what": ["log"]})
        assert "understood" in (unread.errors or {})
        await leader.close()
        await switch_on(leader)
        await press(leader, "resistance", "resistance_add_open", containing="Nobody is in it at present")
        await leader.modal("resistance_entry")
        judged = await leader.submit({"person": "U0DESMOND", "element": "DESIRE", "need": "He is lazy."})
        assert "what do they need?" in str(judged.errors)
        assert (await leader.submit({"need": HOSTILE, "motive": "BELONGING"})).result == "close"
        shown = await leader.modal("resistance", containing="The people around them doing it")
        assert "May help" in leader.text_of(shown)
        await rep.command("/advocacy", "about me")
        own = await rep.modal(containing="Notes about you")
        assert "Ingrid Solbakken talks with you" in rep.text_of(own)
        await rep.command("/advocacy", "log")
        await rep.modal(containing="can see the resistance log")
        assert not [mark for mark in MARKUP if mark in company.marked_up()]
    async with company.person("camille") as other:
        await other.command("/advocacy", "about me")
        await other.modal(containing="none. No leader has written down anything")
        await other.command("/advocacy", "list")
        await other.modal(containing="Only ")


@pytest.fixture
async def monday(sample_url: str) -> AsyncIterator[tuple[Sandbox, Everboard]]:
    """The sample company on a Monday at seven, so that the reminder is not far to go."""
    start = real_now()
    days = (7 - start.weekday()) % 7 or 7
    ahead = (start + timedelta(days=days)).replace(hour=7, minute=0, second=0, microsecond=0) - start
    async with moved_company(sample_url, lambda: real_now() + ahead) as running:
        yield running


@pytest.mark.slow
async def test_the_coach_is_reminded_without_a_name_and_switching_off_deletes(
    monday: tuple[Sandbox, Everboard],
) -> None:
    sandbox, everboard = monday
    async with Person(sandbox.url, "U0INGRID", timeout=PATIENCE) as leader:
        await leader.command("/advocacy", "log")
        await switch_on(leader)
        tomorrow = everboard.house.clock.now().date() + timedelta(days=1)
        await add(leader, "U0DESMOND", next_step="Coffee", next_on=tomorrow)
        await leader.modal("resistance", containing="Coffee")
        await leader.close()
        await sandbox.calendar.by(timedelta(days=1, hours=5))
        told = await leader.message(containing="1 conversation that you planned", match=has("resistance_open"))
        assert "Desmond" not in str(told)
        await leader.home(containing="1 conversation")
        await leader.click(told, "resistance_open")
        await press(leader, "resistance", "resistance_talk_open", containing="today")
        await leader.modal("resistance_talk")
        assert (await leader.submit({"words": "We nominated one together.", "closes": ["yes"]})).result == "close"
        await press(leader, "resistance", "resistance_off_open", containing="nothing more is needed")
        await leader.modal("resistance_off", containing="The log has 1 entry")
        assert (await leader.submit({})).result == "close"
        await leader.modal("resistance", containing="This is switched off")
    assert rows(everboard, ResistanceEntry) == []
    assert len(rows(everboard, Message, Message.kind == Kind.CONVERSATION.value)) == 1
