"""A gap becomes a campaign; an owner nominates through it; it closes itself once the target is met, and says so."""

from storage.campaigns import Campaign, CampaignNomination
from storage.nominations import Nomination
from storage.outbox import Message
from tests.e2e.acts import MARKUP, accept, has, introduced, journey, open_journey, press
from tests.e2e.campaign_doors import NAME, a_gap, every_campaign_door_once, look, nominate_of, started
from tests.e2e.conftest import Company


async def test_from_the_gap_to_its_end(over_socket: Company) -> None:
    company = over_socket
    company.read(a_gap, company)
    async with (
        company.person("priyanka") as team,
        company.person("desmond") as owner,
        company.person("kaylee") as other,
    ):
        await started(team, company)
        post = await other.message("sales", containing="We look for an insurer.")
        assert not any(mark in str(post) for mark in MARKUP)
        assert "Quillfeather" not in str(await other.message(containing="Marrowstone"))
        asked = await owner.message(containing="Quillfeather", match=has("campaign_nominate_open"))
        assert "Marrowstone" not in str(asked)
        await nominate_of(owner, "Quillfeather")
        await owner.modal("nominate", containing="Quillfeather")
        done = await owner.submit({"contact_name": "Odile Varga", "why": "Runs our rollout.", "customer_knows": "yes"})
        assert done.result == "update", done
        assert (
            company.row(CampaignNomination).nomination_id == company.row(Nomination, Nomination.source == "campaign").id
        )
        for _window in range(3):
            await team.close()
        await team.command("/advocacy", "targets")
        await press(team, "targets", "campaign_open")
        await team.modal("campaign", containing=["*1 nomination*", "*0 advocates*", "1 expected"])
        await team.close()
        await team.close()
        company.read(look, company)
        assert company.row(Campaign).state == "open"
        await accept(team, "Odile Varga")
        await introduced(team, "Odile Varga")
        await open_journey(team, "Odile Varga")
        await journey(team)
        company.read(look, company)
        company.read(look, company)
        company.everboard.delivery.wake()
        told = ["The target is reached.", "*1 nomination*", "*1 advocate*"]
        await team.message(containing=[f"The campaign for {NAME} is closed.", *told])
        await team.message("advocacy", containing=told)
        await owner.message(containing="this search is over")
        assert len(company.rows(Message, Message.text.contains("The target is reached."))) == 2


async def test_it_is_paused_and_stopped_by_hand(over_socket: Company) -> None:
    await every_campaign_door_once(over_socket)
