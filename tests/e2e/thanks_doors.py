"""The champion's thanks for the month: drafted, left out, posted, with other words; each door once. Decides nothing."""

from dataclasses import replace
from datetime import UTC, datetime, time

from sqlalchemy import select

from domain.digest import month_before
from domain.people import Role
from domain.pulse_calendar import next_working_day
from domain.time_zones import zone_of
from steps import monthly_thanks
from steps.working_days import working_in
from storage import settings
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.monthly_thanks import MonthlyThanks
from storage.nominations import Nomination
from storage.people import Person, RoleGrant
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company


def drafted(session: GuardedSession, company: Company) -> None:
    """Desmond's customer became an advocate last month, and on this month's first working day Ingrid, who leads, gets
    the draft: nobody is champion."""
    moment, known = company.everboard.house.moment(), settings.load(session)
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    last = month_before(today).last
    assert last is not None
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.role == Role.CHAMPION.value)):
        session.delete(grant)
    rep = session.scalars(select(Person).where(Person.slack_user_id == "U0DESMOND")).one()
    advocate = session.scalars(select(Advocate).where(Advocate.published_at.is_not(None)).limit(1)).one()
    advocate.published_at = datetime.combine(last, time(12), UTC)
    session.get_one(Nomination, (session.workspace_id, advocate.nomination_id)).nominator_id = rep.id
    session.flush()
    first = next_working_day(today.replace(day=1), working_in(known.time_zone))
    monthly_thanks.draft(session, replace(moment, now=datetime.combine(first, time(12), UTC)), known)


def undecided(session: GuardedSession) -> None:
    """As if nobody had thanked yet."""
    for row in session.scalars(select(MonthlyThanks)):
        session.delete(row)


async def every_thanks_door_once(company: Company) -> None:
    """Left out, posted after all; then with other words, from everybody's credit."""
    company.read(drafted, company)
    company.everboard.delivery.wake()
    async with company.person("ingrid") as leader:
        draft = await leader.message(containing="Your thanks for", match=has("thanks_leave_out"))
        await leader.click(draft, "thanks_leave_out")
        left = await leader.message(containing="left the thanks for", match=has("thanks_post"))
        await leader.click(left, "thanks_open")
        await leader.modal("thanks", containing="Whom you thank")
        await leader.close()
        await leader.click(left, "thanks_post")
        await leader.message("advocacy-wins", containing=["says thank you for", "1 customer became an advocate"])
        await leader.message(containing="posted the thanks for")
        company.read(undecided)
        await leader.command("/advocacy", "thanks")
        await press(leader, "credit", "thanks_open")
        await leader.modal("thanks")
        assert (await leader.submit({"words": "Thank you <!channel>, all of you."})).result == "update"
        await leader.modal(containing="on their way to the wins channel")
        await leader.close()
        posted = await leader.message("advocacy-wins", containing="all of you.")
        assert "<!channel>" not in str(posted)
