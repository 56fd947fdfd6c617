"""Channels that are missing, closed or without the bot, and a Slack that refuses: nothing is lost, somebody is told."""

import pytest

from bot import service
from handlers import act
from sandbox.person import Person
from storage import people
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from storage.outbox import Message, Status
from storage.people import Person as PersonRow
from storage.workspaces import Workspace
from tests.e2e.acts import JSON, alert, click_home, nominated, press
from tests.e2e.conftest import Company, running, seed


def held(company: Company) -> list[Message]:
    return company.rows(Message, Message.status == Status.HELD.value)


async def alert_waits(company: Company, rep: Person, words: str) -> None:
    """A nomination is safe and the rep thanked, the alert waits, and the admin reads once what to do."""
    await nominated(rep, "Ada Okafor")
    await nominated(rep, "Grace Adeyemi")
    await rep.message(containing="Thank you for putting Ada Okafor")
    async with company.person("rasmus") as admin:
        notice = await admin.message(containing=words)
        assert "Nothing is lost" in admin.text_of(notice)
        slots = [f"alert:{nomination(company, name).id}" for name in ("Ada Okafor", "Grace Adeyemi")]
        await company.until(lambda: {message.slot for message in held(company)} >= {*slots})
        await company.delivered()
        said = [message["text"] for message in await admin.messages() if "Nothing is lost" in message["text"]]
        assert len(said) == 1
        await click_home(admin, "outbox_dead_open", "could not be delivered")
        await admin.modal(containing="Alerts for the advocacy team")


async def alert_arrives(company: Company, channel: str = "advocacy") -> None:
    async with company.person("priyanka") as team:
        for name in ("Ada Okafor", "Grace Adeyemi"):
            await team.message(channel, containing=[name, "Why they would be a good advocate"])
    await company.until(lambda: not held(company))


async def choose_channel(company: Company, channel: str) -> None:
    async with company.person("ingrid") as admin:
        await admin.command("/advocacy", "settings")
        await press(admin, "settings", "settings_channels_open")
        await admin.modal("settings_channels")
        assert (await admin.submit({"advocacy": channel})).result == "close"


async def test_without_an_advocacy_channel_the_alert_waits_for_another_one(sample_url: str) -> None:
    world = seed()
    world["channels"] = [channel for channel in world["channels"] if channel["name"] != "advocacy"]
    world.pop("tour", None)  # it leads through that channel
    others = ("advocacy-wins", "sales", "marketing", "customer-success")
    async with running(sample_url, world=world, channels=others) as company, company.person("desmond") as rep:
        await alert_waits(company, rep, "I can't find #advocacy")
        await choose_channel(company, "marketing")
        await alert_arrives(company, "marketing")


async def test_without_the_bot_in_it_the_alert_waits_for_an_invitation(sample_url: str) -> None:
    others = ("advocacy-wins", "sales", "marketing", "customer-success")
    async with running(sample_url, channels=others) as company, company.person("desmond") as rep:
        # A private channel that the bot is not in is one that it cannot see.
        await alert_waits(company, rep, "I can't find #advocacy")
        company.sandbox.admin.add_member("advocacy", company.app.bot_user_id)
        await alert_arrives(company)


async def test_a_public_channel_without_the_bot_waits_as_well(sample_url: str) -> None:
    world = seed()
    for channel in world["channels"]:
        channel["is_private"] = False
    others = ("advocacy-wins", "sales", "marketing", "customer-success")
    async with running(sample_url, world=world, channels=others) as company, company.person("desmond") as rep:
        await alert_waits(company, rep, "I'm not a member of")
        company.sandbox.admin.add_member("advocacy", company.app.bot_user_id)
        await alert_arrives(company)


async def test_an_archived_channel_gets_its_alerts_when_it_is_back(over_socket: Company) -> None:
    over_socket.sandbox.admin.archive("advocacy")
    await over_socket.sandbox.settled()
    async with over_socket.person("desmond") as rep:
        await alert_waits(over_socket, rep, "advocacy")
        over_socket.sandbox.admin.unarchive("advocacy")
        await alert_arrives(over_socket)


async def test_a_channel_archived_later_keeps_the_team_at_work(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        await alert(team, "Ada Okafor")
        over_socket.sandbox.admin.archive("advocacy")
        await over_socket.sandbox.settled()
        await click_home(team, "nomination_accept_open", "Ada Okafor", value=nomination(over_socket).id)
        await team.modal("nomination_accept")
        assert (await team.submit({"ourselves": True})).result == "close"
        await rep.message(containing="Good news")
        async with over_socket.person("rasmus") as admin:
            await admin.message(containing="Nothing is lost")
        over_socket.sandbox.admin.unarchive("advocacy")
        await team.message("advocacy", containing=["Ada Okafor", "*Accepted* by"])
    assert nomination(over_socket).state == "accepted"


def nomination(company: Company, name: str = "Ada Okafor") -> Nomination:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id)


async def test_only_the_configured_server_is_ever_called(over_socket: Company) -> None:
    """Sockets to anywhere but this machine are refused in every test; here the addresses themselves are looked at."""
    async with over_socket.person("desmond") as rep:
        await nominated(rep, "Ada Okafor")
        await rep.command("/advocates", "banking")
        await rep.message("general", containing="banking")
    everboard = over_socket.everboard
    clients = [*everboard._clients.values()]
    assert {client.base_url for client in clients} == {over_socket.sandbox.api_url}
    names = {record.name for record in over_socket.sandbox.calls if record.direction == "in"}
    assert {"auth.test", "users.list", "views.open", "chat.postMessage", "response_url"} <= names


async def test_a_token_given_back_is_served_again_without_a_restart(
    sample_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "RECONNECT", 0.05)
    async with running(sample_url) as company, company.person("desmond") as rep:
        await nominated(rep, "Ada Okafor")
        await rep.message(containing="Thank you for putting Ada Okafor")
        await company.delivered()
        company.sandbox.admin.revoke(company.app)
        await company.until(lambda: company.row(Workspace).disconnected_at is not None)
        # It asks again and again meanwhile, and serves nobody.
        refused = len(refusals(company, "auth.test"))
        await company.until(lambda: len(refusals(company, "auth.test")) > refused + 1)
        assert company.everboard.house.installations == {}
        company.sandbox.admin.restore(company.app)
        await company.until(lambda: bool(company.everboard.house.installations))
        assert company.row(Workspace).disconnected_at is None
        await nominated(rep, "Grace Adeyemi")
        await rep.message(containing="Thank you for putting Grace Adeyemi")


def refusals(company: Company, method: str) -> list[JSON]:
    """What Slack did not take of one method's calls."""
    return [record.detail for record in company.sandbox.calls.named(method) if record.error]


async def test_what_slack_would_not_take_is_told_with_a_reference(over_socket: Company, quiet: list[JSON]) -> None:
    over_socket.sandbox.faults.refuse("views.update", "invalid_arguments", times=1)
    async with over_socket.person("priyanka") as team:
        await team.command("/advocacy", "settings")
        shown = await team.modal(containing="Something went wrong on our side (reference ")
        [logged] = [event for event in quiet if event["event"] == "unexpected"]
        assert logged["reference"] in team.text_of(shown)
        quiet.remove(logged)  # this one was expected


@pytest.mark.parametrize(
    ("error", "status"), [("internal_error", 200), ("service_unavailable", 503), ("ratelimited", 429)]
)
async def test_trouble_of_slacks_own_is_told_as_that(over_socket: Company, error: str, status: int) -> None:
    over_socket.sandbox.faults.refuse("views.update", error, status=status, times=1)
    async with over_socket.person("priyanka") as team:
        await team.command("/advocacy", "settings")
        await team.modal(containing="Slack isn't taking Everboard's answers just now.")


async def test_somebody_whom_slack_is_slow_to_introduce_is_answered_in_time(
    over_socket: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known() -> list[PersonRow]:
        return over_socket.rows(PersonRow, PersonRow.slack_user_id == "U0DESMOND")

    monkeypatch.setattr(act, "MEETING", 0.1)
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our rollout")
        form = await rep.modal("nominate")
        over_socket.read(let_slack_be_the_only_one_who_knows, "U0DESMOND")
        over_socket.sandbox.faults.delay("users.info", 1.0)
        offered = await rep.suggest(form, "company", "Harb")
        assert [option["text"]["text"] for option in offered] == ['Use "Harb"']
        await over_socket.until(lambda: bool(known()))
        over_socket.read(let_slack_be_the_only_one_who_knows, "U0DESMOND")
        over_socket.sandbox.faults.delay("users.info", 1.0)
        sent = await rep.submit({})
        assert sent.errors == {"contact_name": act.NOT_MET}
        assert "runs our rollout" in rep.text_of(await rep.modal("nominate"))
        await over_socket.until(lambda: bool(known()))
        assert (await rep.submit({})).result == "update"
    assert over_socket.row(Contact, Contact.name == "Ada Okafor").company == "Harbor Mutual"


def let_slack_be_the_only_one_who_knows(session: GuardedSession, slack_user_id: str) -> None:
    """Somebody of a file, who has not been seen in Slack yet."""
    person = people.by_slack_id(session, slack_user_id)
    assert person is not None
    person.slack_user_id = None
