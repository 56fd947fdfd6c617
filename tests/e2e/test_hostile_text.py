"""Very long and hostile text in every field of every form: stored as typed, interpreted nowhere."""

from sandbox.person import Person
from storage.advocates import Advocate
from storage.nominations import Contact, Nomination
from tests.e2e.acts import (
    CLEANED,
    HOSTILE,
    MARKUP,
    accept,
    alert,
    click_home,
    has,
    nominate,
    open_journey,
    press,
)
from tests.e2e.conftest import JSON, Company


def nomination_of(company: Company, name: str) -> Nomination:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Nomination, Nomination.contact_id == contact.id)


async def test_of_a_very_long_text_nothing_is_lost(over_socket: Company) -> None:
    reason = " ".join(f"word{number} & <more>" for number in range(2280))
    assert len(reason) > 39_000
    async with over_socket.person("desmond") as rep:
        await rep.command("/nominate", f"Ada Okafor @ Harbor Mutual, {reason}")
        form = await rep.modal("nominate")
        assert "You have all of it in a direct message from Everboard" in rep.text_of(form)
        await rep.message(containing="word2279")
        kept = "".join(message["text"] for message in await rep.messages())
        assert html_free(kept) == f"Ada Okafor @ Harbor Mutual, {reason}"
        assert all(len(message["text"]) < 40_000 for message in await rep.messages())
        assert (await rep.submit({})).result == "update"
    assert len(nomination_of(over_socket, "Ada Okafor").why) <= 3000


def html_free(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


async def test_hostile_text_in_every_field_of_every_form(over_socket: Company) -> None:
    line = CLEANED
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await rep.command("/nominate", HOSTILE)
        await rep.click(await rep.modal("nominate"), "nominate_details")
        await rep.modal("nominate", containing="Link to evidence")
        sent = await rep.submit(
            {
                "contact_name": f"Ada {HOSTILE}",
                "company": f"Acme {HOSTILE[:60]}",
                "why": f"Line one\n{HOSTILE}",
                "title": HOSTILE,
                "persona": HOSTILE,
                "phone": HOSTILE[:60],
                "industry": HOSTILE,
                "products": HOSTILE,
                "use_cases": HOSTILE,
                "relationship": HOSTILE,
                "evidence_link": HOSTILE,
            }
        )
        assert sent.errors.keys() == {"phone", "evidence_link"}, sent
        address = "https://acme.example/<!channel>|click"
        sent = await rep.submit({"phone": "+1 (415) 555-0132", "evidence_link": address})
        assert sent.result == "update", sent.errors
        await rep.close()
        contact = over_socket.row(Contact, Contact.name == f"Ada {line}")
        stored = over_socket.row(Nomination, Nomination.contact_id == contact.id)
        assert stored.why == f"Line one\n{line}"
        assert {stored.title, stored.persona, stored.industry, stored.relationship, stored.use_cases} == {line}
        assert stored.evidence_link == address
        assert ";".join(stored.products) == line.replace("; ", ";")

        await team.click(await alert(team, "Line one", "nomination_ask_open"), "nomination_ask_open")
        await team.modal("nomination_ask")
        assert (await team.submit({"question": HOSTILE})).result == "close"
        question = await rep.message(match=has("nomination_answer_open"))
        await rep.click(question, "nomination_answer_open")
        await rep.modal("nomination_answer")
        assert (await rep.submit({"answer": HOSTILE})).result == "update"
        await rep.close()

        await decline_and_reopen(over_socket, team, "Line one")
        await accept(team, "Line one")
        await team.click(await alert(team, "Line one", "introduction_made_open"), "introduction_made_open")
        await team.modal("introduction_made")
        assert (await team.submit({"note": HOSTILE})).result == "update"
        await team.close()
        await hostile_journey(team)
        await rep.message(containing="is an advocate now")

        await rep.command("/advocates", "emoji rollout zürich")
        await rep.command("/advocates", HOSTILE)
        await rep.message("general", containing=HOSTILE[:6])

    stored = over_socket.row(Nomination, Nomination.contact_id == contact.id)
    assert (stored.question, stored.answer) == (line, line)
    advocate = over_socket.row(Advocate, Advocate.contact_id == contact.id)
    assert advocate.state == "active"
    assert {advocate.use_cases, advocate.outcomes, advocate.quotes, advocate.topics, advocate.links} == {line}
    assert {advocate.title, advocate.preferred_contact} == {line}
    assert ";".join(advocate.languages) == line.replace("; ", ";")
    said = over_socket.marked_up()
    assert "olleh" in said
    for mark in MARKUP:
        assert mark not in said


async def decline_and_reopen(company: Company, team: Person, name: str) -> None:
    await team.click(await alert(team, name, "nomination_decline_open"), "nomination_decline_open")
    await team.modal("nomination_decline")
    assert (await team.submit({"reason": "OTHER", "words": HOSTILE})).result == "close"
    assert CLEANED in str(company.row(Nomination, Nomination.decline_reason.is_not(None)).decline_reason)
    await team.click(await alert(team, name, "nomination_reopen"), "nomination_reopen")


async def hostile_journey(team: Person) -> None:
    await open_journey(team, "Line one")
    texts: JSON = dict.fromkeys(("title", "preferred_contact", "languages"), HOSTILE)
    texts |= dict.fromkeys(("use_cases", "outcomes", "quotes", "topics", "links"), HOSTILE)
    texts |= {"industry": "Insurance", "country": "Germany", "activities": ["reference call"]}
    await press(team, "advocate_journey", "interview_open")
    await team.modal("interview_schedule")
    assert (await team.submit({"link": HOSTILE})).result == "close"
    for action, form, values in (
        ("interview_notes_open", "interview_notes", {"notes": HOSTILE, "held": ["held"]}),
        ("advocate_profile_open", "advocate_profile", texts),
        ("advocate_consent_open", "advocate_consent", {"scopes": ["LISTED"], "how": HOSTILE}),
        ("advocate_publish_open", "advocate_publish", {}),
    ):
        await press(team, "advocate_journey", action)
        await team.modal(form)
        done = await team.submit(values)
        assert done.result == "close", (form, done)
    await team.close()


async def test_a_hostile_name_in_a_sentence_of_ours(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep:
        sent = await nominate(rep, "", contact_name=HOSTILE, company="Harbor Mutual", why="Loves us")
        assert sent.result == "update", sent.errors
        await rep.close()
        stored = over_socket.row(Contact, Contact.name == CLEANED)
        nomination = over_socket.row(Nomination, Nomination.contact_id == stored.id)
        await click_home(rep, "nomination_withdraw", "=cmd()", value=nomination.id)
        await rep.modal(containing=["is withdrawn.", "<!channel>", "=cmd()"])
    said = over_socket.marked_up()
    assert "is withdrawn." in said
    assert not any(mark in said for mark in MARKUP)
