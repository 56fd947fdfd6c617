"""The journey's steps in the wrong order, twice, by two people and without what they need."""

from datetime import UTC, datetime, timedelta

from sandbox.person import Person
from storage.advocates import Advocate, ConsentRow, InterviewRow
from storage.audit import Audit
from storage.nominations import Contact
from tests.e2e.acts import PROFILE, accept, has, introduced, journey, nominated, open_journey, press, published, step
from tests.e2e.conftest import Company

TOMORROW = timedelta(days=1)


def advocate(company: Company, name: str = "Ada Okafor") -> Advocate:
    contact = company.row(Contact, Contact.name == name)
    return company.row(Advocate, Advocate.contact_id == contact.id)


async def started(company: Company, rep: Person, team: Person) -> None:
    await nominated(rep, "Ada Okafor")
    await accept(team, "Ada Okafor")
    await introduced(team, "Ada Okafor")
    await open_journey(team, "Ada Okafor")


async def test_an_introduction_is_recorded_once(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await started(over_socket, rep, team)
        [made] = over_socket.deliveries("view_submission", "introduction_made")
        answer = await over_socket.again(made)
        assert answer["errors"] == {"note": "The introduction is recorded already."}
    assert advocate(over_socket).state == "introduced"


async def test_every_step_says_what_it_lacks(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await started(over_socket, rep, team)
        assert not has("interview_notes_open")(await team.modal("advocate_journey"))

        past = await step(team, "interview_open", "interview_schedule", at=datetime.now(UTC) - TOMORROW)
        assert past.errors == {"at": "Please pick a time that is still to come."}
        guest = await team.submit({"at": datetime.now(UTC) + TOMORROW, "interviewer": "petra.agency"})
        assert guest.errors == {"interviewer": "Please pick a colleague who is a full member of this Slack workspace."}
        assert (await team.submit({"interviewer": "tomas"})).result == "close"

        wrong = {**PROFILE, "country": "Atlantis"}
        sent = await step(team, "advocate_profile_open", "advocate_profile", **wrong)
        assert sent.errors.keys() == {"country"}
        both = await team.submit({"country": "Germany", "refused_activities": PROFILE["activities"]})
        assert both.errors.keys() == {"refused_activities"}
        assert (await team.submit({"refused_activities": None})).result == "close"

        later = await step(
            team,
            "advocate_consent_open",
            "advocate_consent",
            scopes=["LISTED"],
            how=" ",
            given_on=datetime.now(UTC).date() + timedelta(days=3),
        )
        assert later.errors == {"given_on": "On which day did they agree?"}
        blank = await team.submit({"given_on": datetime.now(UTC).date()})
        assert blank.errors == {"how": "A few words on how they agreed, such as: by email."}
        await team.close()
        await press(team, "advocate_journey", "advocate_publish_open")
        lacking = team.text_of(await team.modal(containing="can be published once these are there"))
        assert "the interview" in lacking
        assert "consent" in lacking
    assert advocate(over_socket).state == "interviewing"
    assert over_socket.rows(ConsentRow, ConsentRow.advocate_id == advocate(over_socket).id) == []
    assert over_socket.row(InterviewRow, InterviewRow.advocate_id == advocate(over_socket).id).held_at is None


async def test_two_edit_a_profile_and_the_second_is_told_and_loses_nothing(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as rep,
        over_socket.person("priyanka") as one,
        over_socket.person("tomas") as other,
    ):
        await started(over_socket, rep, one)
        await open_journey(other, "Ada Okafor")
        for person in (one, other):
            await press(person, "advocate_journey", "advocate_profile_open")
            await person.modal("advocate_profile")
        assert (await one.submit({"title": "Chief of Claims"})).result == "close"
        second = await other.submit({"title": "Head of Claims", "quotes": "A long quote, typed with care."})
        assert "A colleague changed this profile in the meantime" in second.errors["title"]
        assert "A long quote, typed with care." in other.text_of(await other.modal())
        await other.close()
        again = await step(other, "advocate_profile_open", "advocate_profile", quotes="A long quote, typed with care.")
        assert again.result == "close"
    row = advocate(over_socket)
    assert (row.title, row.quotes) == ("Chief of Claims", "A long quote, typed with care.")


async def test_a_form_from_before_the_advocate_left_changes_nothing(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as rep,
        over_socket.person("priyanka") as one,
        over_socket.person("tomas") as other,
    ):
        await started(over_socket, rep, one)
        await open_journey(other, "Ada Okafor")
        for person in (one, other):
            await press(person, "advocate_journey", "interview_open")
            await person.modal("interview_schedule")
        assert (await other.submit({})).result == "close"
        await other.click(await other.modal("advocate_journey", containing="being interviewed"), "advocate_retire")
        await other.modal("advocate_journey", containing="retired")
        sent = await one.submit({})
        assert sent.errors == {"at": "This advocate is retired, so you can't schedule the interview now."}
        await one.close()
        # The journey below is an old one, too; its button is answered on top of it.
        await press(one, "advocate_journey", "advocate_retire")
        await one.modal(containing="This advocate is retired, so you can't retire now.")
        await one.close()
        await press(other, "advocate_journey", "advocate_come_back")
        await other.modal("advocate_journey", containing="being interviewed")
    assert advocate(over_socket).state == "interviewing"


async def test_nobody_is_published_or_found_without_consent(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as rep,
        over_socket.person("priyanka") as team,
        over_socket.person("camille") as third,
    ):
        await started(over_socket, rep, team)
        await journey(team)
        [publishing] = over_socket.deliveries("view_submission", "advocate_publish")
        answer = await over_socket.again(publishing)
        assert "This advocate is active, so you can't publish now." in str(answer)

        empty = await step(team, "advocate_profile_open", "advocate_profile", title=None)
        assert empty.errors == {"title": "A published profile needs this."}
        await team.close()

        taken_back = {"scopes": ["Talk with prospects and partners in private"], "how": "By phone"}
        assert (await step(team, "advocate_consent_open", "advocate_consent", **taken_back)).result == "close"
        resting = await team.modal("advocate_journey", containing="resting")
        await third.command("/advocates", "insurance rollout")
        await third.message("general", containing="Nobody fits")
        await team.click(resting, "advocate_come_back")
        await team.modal(containing="Still missing: the customer's consent to be listed")
        await team.close()
        assert advocate(over_socket).state == "resting"
        await step(team, "advocate_consent_open", "advocate_consent", scopes=["LISTED"], how="By phone")
        await team.click(await team.modal("advocate_journey", containing="agreed"), "advocate_come_back")
        await team.modal("advocate_journey", containing="active")
        await third.command("/advocates", "insurance rollout")
        await third.message("general", containing=["Ada Okafor", "1 advocate fits"])
    assert advocate(over_socket).state == "active"


async def test_notes_are_for_the_team_alone(over_socket: Company) -> None:
    async with (
        over_socket.person("desmond") as rep,
        over_socket.person("priyanka") as team,
        over_socket.person("ingrid") as leader,
    ):
        await started(over_socket, rep, team)
        tomorrow = datetime.now(UTC) + TOMORROW
        assert (await step(team, "interview_open", "interview_schedule", at=tomorrow)).result == "close"
        secret = "Thinks of leaving us"
        noted = await step(team, "interview_notes_open", "interview_notes", notes=secret, held=["held"])
        assert noted.result == "close"
        await open_journey(leader, "Ada Okafor")
        await press(leader, "advocate_journey", "interview_notes_open")
        await leader.modal(containing="Only the advocacy team can see interview notes.")
        await leader.close()
        await leader.close()
        await over_socket.delivered()
    seen = [str(r.detail.get("arguments")) for r in over_socket.sandbox.calls if r.name != "views.update"]
    assert not any(secret in text for text in seen)
    interview = over_socket.row(InterviewRow, InterviewRow.advocate_id == advocate(over_socket).id)
    assert secret.encode() not in bytes(interview.notes or b"")


async def test_looking_at_contact_details_is_noted(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        await nominated(rep, "Ada Okafor", email="ada@harbor.example")
        await accept(team, "Ada Okafor", owner="desmond")
        asked = await rep.message(match=has("introduction_made_open"))
        await rep.click(asked, "contact_details_open")
        await rep.modal(containing="ada@harbor.example")
        await rep.close()
    looked = over_socket.row(Audit, Audit.action == "contact.seen")
    assert looked.subject_id == over_socket.row(Contact, Contact.name == "Ada Okafor").id


async def test_the_whole_way_twice_at_one_company(over_socket: Company) -> None:
    async with over_socket.person("desmond") as rep, over_socket.person("priyanka") as team:
        for name in ("Ada Okafor", "Grace Adeyemi"):
            await published(rep, team, name, "A Company Nobody Knew")
    first, second = (over_socket.row(Contact, Contact.name == name) for name in ("Ada Okafor", "Grace Adeyemi"))
    assert first.account_id is not None
    assert first.account_id == second.account_id
