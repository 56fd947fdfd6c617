"""Somebody goes through every door of the team's and the owner's side of requests. Decides not who else may."""

from sqlalchemy import ColumnElement, select

from sandbox.person import Person
from steps import request_progress
from storage.guard import GuardedSession
from storage.request_cards import LIVE_STATES
from storage.requests import Request
from tests.e2e.acts import click_home, has, press
from tests.e2e.conftest import Company
from tests.e2e.test_fulfilling import MARISOL, alert, open_limits, propose
from tests.e2e.test_requesting import ask


async def every_fulfilment_door_once(company: Company) -> None:
    """Two requests for one customer: taken, declined, proposed, refused, answered, let go of, grouped."""
    async with (
        company.person("desmond") as rep,
        company.person("kaylee") as second,
        company.person("priyanka") as team,
        company.person("thiago") as owner,
    ):
        await open_limits(team, company)
        assert (await team.submit({})).result == "close"
        await gives(team)
        await team.close()
        await team.close()
        before = {row.id for row in company.rows(Request)}
        await ask(rep, company, "A deal of doors", days=300)
        [request_id] = {row.id for row in company.rows(Request)} - before
        await works_on_it(team, request_id)
        await propose(team, company, MARISOL, days=300)
        await company.delivered()
        await owner.click(await owner.message(match=has("use_refuse_open")), "use_refuse_open")
        await owner.modal("use_refuse")
        assert (await owner.submit({"reason": "TIMING"})).result == "close"
        await propose(team, company, MARISOL, days=300)
        await company.delivered()
        await team.click(await alert(team, "use_stand_in_open"), "use_stand_in_open")
        await team.modal("use_stand_in")
        assert (await team.submit({"answer": "no", "reason": "They are away."})).result == "close"
        await propose(team, company, MARISOL, days=300)
        await company.delivered()
        await owner.click(await owner.message(match=has("use_approve")), "use_approve")
        await rep.message(containing="is approved for", match=has("request_cancel"))
        await team.click(await alert(team, "request_look_again", "A deal of doors"), "request_look_again")
        await rep.message(containing="can't after all")
        await ask(second, company, "Another deal of doors", days=300)
        await ask(rep, company, "A third deal of doors", days=300)
        await click_home(team, "request_group_open", "requests are for the same")
        await team.modal("request_group")
        assert (await team.submit({})).result == "close"
        await for_nobody(company, team)


async def for_nobody(company: Company, team: Person) -> None:
    """Whoever asked has left: handed on, and at last cancelled."""
    nobody_asks(company)
    await team.click(await alert(team, "request_hand_on_open"), "request_hand_on_open")
    await team.modal("request_hand_on")
    assert (await team.submit({"colleague": "tomas"})).result == "close"
    nobody_asks(company)
    await team.click(await alert(team, "request_end"), "request_end")
    await company.until(lambda: not company.rows(Request, Request.asker_gone_at.is_not(None), is_live()))


def is_live() -> ColumnElement[bool]:
    """Of requests that somebody still waits for."""
    return Request.state.in_(LIVE_STATES)


def nobody_asks(company: Company) -> None:
    """Let the newest live request be for somebody who has left."""
    moment = company.everboard.house.moment()

    def write(session: GuardedSession) -> None:
        row = session.scalars(select(Request).where(is_live()).order_by(Request.id.desc())).first()
        assert row is not None
        row.asker_gone_at = moment.now
        request_progress.refresh(session, moment, row.id)

    company.read(write)


async def gives(team: Person) -> None:
    """From the journey: something is given, and taken out again."""
    await press(team, "advocate_journey", "gifts_open")
    await press(team, "gifts", "gift_add_open", containing="Nothing yet")
    await team.modal("gift")
    assert (await team.submit({"what": "A book", "amount": "25"})).result == "update"
    await press(team, "gifts", "gift_take_back", containing="A book")
    await team.modal("gifts", containing="Nothing yet")
    await team.close()


async def works_on_it(team: Person, request_id: str) -> None:
    """From Home, where there is more than one request."""
    await click_home(team, "request_take", "Requests to answer", value=request_id)
    await click_home(team, "request_hand_over_open", "Requests to answer", value=request_id)
    await team.modal("request_hand_over")
    assert (await team.submit({"colleague": "tomas"})).result == "close"
    await click_home(team, "request_propose_open", "Requests to answer", value=request_id)
    form = await team.modal("request_propose")
    await team.choose(form, "request_search", "xyzzy")
    await team.modal("request_propose", containing="Nobody fits")
    await team.close()
    await click_home(team, "request_decline_open", "Requests to answer", value=request_id)
    await team.modal("request_decline")
    assert (await team.submit({"reason": "OTHER"})).result == "close"
    reopening = await team.message("advocacy", containing="A deal of doors", match=has("request_reopen"))
    await team.click(reopening, "request_reopen")
