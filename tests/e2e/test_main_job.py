"""The main job as people do it: from /nominate to an advocate that a third person finds. Over both transports."""

from datetime import timedelta

from domain.vocabulary import Activity
from storage import cards, profiles
from storage.advocates import Advocate
from storage.guard import GuardedSession
from storage.nominations import Nomination
from tests.e2e.conftest import Company


def nominations(session: GuardedSession) -> list[Nomination]:
    return list(session.query(Nomination).all())


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

        alert = await team.message("advocacy", containing=["Ada Okafor", "Harbor Mutual", "runs our EU rollout"])
        assert "ada@harbor.example" not in team.text_of(alert)
        await team.click(alert, "nomination_accept_open")
        await team.modal("nomination_accept")
        assert (await team.submit({"owner": "desmond"})).result == "close"
        await rep.message(containing=["Good news", "Ada Okafor"])

        asked = await rep.message(containing=["introduc", "Ada Okafor"], match=lambda m: "I introduced them" in str(m))
        await rep.click(asked, "introduction_made_open")
        await rep.modal("introduction_made")
        await rep.submit({})
        await rep.close()

        alert = await team.message(
            "advocacy", containing=["Ada Okafor"], match=lambda m: "advocate_journey_open" in str(m)
        )
        await team.click(alert, "advocate_journey_open")
        await team.modal("advocate_journey")
        await journey(company, team)

        await rep.message(containing=["Ada Okafor", "is an advocate now"])
        await third.message("advocacy-wins", containing=["Ada Okafor"])
        await third.command("/advocates", "insurance rollout")
        found = await third.message("general", containing=["Ada Okafor", "Harbor Mutual"])
        assert found["is_ephemeral"]
        await third.click(found, "advocate_card_open")
        card = await third.modal("advocate_card")
        assert "Harbor Mutual" in third.text_of(card)
        assert "ada@harbor.example" not in third.text_of(card)

    [advocate] = [
        row
        for row in company.read(lambda s: s.query(Advocate).all())
        if row.published_at and row.title == "VP Operations"
    ]
    assert advocate.state == "active"


async def journey(company: Company, team: object) -> None:
    """Interview, notes, profile, consent, publish; each form closes back onto the journey."""
    from sandbox.person import Person

    assert isinstance(team, Person)
    tomorrow = company.everboard.house.clock.now() + timedelta(days=1)
    await team.click(await team.modal("advocate_journey"), "interview_open")
    await team.modal("interview_schedule")
    assert (await team.submit({"at": tomorrow})).result == "close"

    await team.click(await team.modal("advocate_journey", containing="being interviewed"), "interview_notes_open")
    await team.modal("interview_notes")
    assert (await team.submit({"notes": "Warm, precise.", "held": ["held"]})).result == "close"

    await team.click(await team.modal("advocate_journey"), "advocate_profile_open")
    await team.modal("advocate_profile")
    profile = {
        "title": "VP Operations",
        "industry": "Insurance",
        "country": "Germany",
        "languages": "English, German",
        "use_cases": "Rollout over nine countries",
        "activities": [Activity.REFERENCE_CALL.value],
    }
    result = await team.submit(dict(profile))
    assert result.result == "close", result.errors

    await team.click(await team.modal("advocate_journey"), "advocate_consent_open")
    await team.modal("advocate_consent")
    result = await team.submit({"scopes": ["Colleagues may find them here"], "how": "By email"})
    assert result.result == "close", result.errors

    await team.click(await team.modal("advocate_journey"), "advocate_publish_open")
    await team.modal("advocate_publish")
    assert (await team.submit({})).result == "close"
