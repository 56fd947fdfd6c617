"""Thanks by name: a nomination that became an advocate shows, and whoever declines is not named anywhere."""

from datetime import datetime

from sqlalchemy import select

from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Nomination
from storage.people import Person
from tests.e2e.acts import press
from tests.e2e.conftest import Company
from tests.e2e.thanks_doors import every_thanks_door_once


def give_credit(session: GuardedSession, slack_id: str, now: datetime) -> None:
    """Somebody nominated an advocate that is published now."""
    person = session.scalars(select(Person).where(Person.slack_user_id == slack_id)).one()
    advocate = session.scalars(select(Advocate).where(Advocate.published_at.is_not(None)).limit(1)).one()
    advocate.published_at = now
    session.get_one(Nomination, (session.workspace_id, advocate.nomination_id)).nominator_id = person.id
    session.commit()


async def test_credit_is_seen_and_a_name_is_taken_back(over_socket: Company) -> None:
    over_socket.read(give_credit, "U0CAMILLE", over_socket.everboard.house.clock.now())
    async with over_socket.person("camille") as rep, over_socket.person("hyejin") as other:
        await rep.home(containing="*Your credit*: 1 advocate.")
        await other.command("/advocacy", "thanks")
        shown = await other.modal("credit", containing=["@camille", "1 advocate", "*You*: nothing yet"])
        assert "Nobody has brought" not in other.text_of(shown)
        await other.close()
        await rep.command("/advocacy", "leaderboard")
        await press(rep, "credit", "credit_name", value="no")
        await rep.modal("credit", containing="Name me again")
        await other.command("/advocacy", "thanks")
        shown = await other.modal("credit", containing="a colleague who is not named")
        assert "<@U0CAMILLE>" not in str(shown)
        await other.choose(shown, "credit_period", "last_quarter")
        await other.modal("credit", containing="Nobody has brought an advocate in these days")
        await press(rep, "credit", "credit_name", value="yes")
        await rep.modal("credit", containing="Don't name me")


async def test_the_months_thanks_are_posted_by_a_click(over_socket: Company) -> None:
    await every_thanks_door_once(over_socket)
