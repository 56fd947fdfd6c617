"""The main job as people do it: from /nominate to an advocate that a third person finds. Over both transports."""

from storage.advocates import Advocate
from tests.e2e.acts import alert, has, journey
from tests.e2e.conftest import Company


async def test_from_nominate_to_an_advocate_that_colleagues_find(company: Company) -> None:
    async with company.person("desmond") as rep, company.person("priyanka") as team, company.person("camille") as third:
        await rep.command("/nominate", "Ada Okafor @ Harbor Mutual, runs our EU rollout")
        form = await rep.modal("nominate")
        shown = rep.text_of(form)
        assert "Ada Okafor" in shown
        assert "Harbor Mutual" in shown
        assert "runs our EU rollout" in shown

        sent = await rep.submit({"email": "ada@harbor.example", "customer_knows": "yes"})
        assert sent.result == "update", sent.errors
        assert "Ada Okafor" in rep.text_of(sent.view or {})
        await rep.close()
        await rep.message(containing=["Ada Okafor", "advocacy team"])

        asked = await team.message("advocacy", containing=["Ada Okafor", "Harbor Mutual", "runs our EU rollout"])
        assert "ada@harbor.example" not in team.text_of(asked)
        await team.click(asked, "nomination_accept_open")
        await team.modal("nomination_accept")
        assert (await team.submit({"owner": "desmond"})).result == "close"
        await rep.message(containing=["Good news", "Ada Okafor"])

        request = await rep.message(containing=["introduc", "Ada Okafor"], match=has("introduction_made_open"))
        await rep.click(request, "introduction_made_open")
        await rep.modal("introduction_made")
        await rep.submit({})
        await rep.close()

        await team.click(await alert(team, "Ada Okafor", "advocate_journey_open"), "advocate_journey_open")
        await journey(team)

        await rep.message(containing=["Ada Okafor", "is an advocate now"])
        await third.message("advocacy-wins", containing=["Ada Okafor"])
        await third.command("/advocates", "insurance rollout")
        found = await third.message("general", containing=["Ada Okafor", "Harbor Mutual"])
        assert found["is_ephemeral"]
        await third.click(found, "advocate_card_open")
        card = await third.modal("advocate_card")
        assert "Harbor Mutual" in third.text_of(card)
        assert "ada@harbor.example" not in third.text_of(card)

    advocate = company.row(Advocate, Advocate.title == "VP Operations")
    assert advocate.state == "active"
    assert advocate.published_at is not None
