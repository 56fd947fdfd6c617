"""What exists already comes before a request: kept by the team, shown and taken by colleagues, at nobody's cost."""

from datetime import UTC, date, datetime, timedelta

from sandbox.person import Person
from steps import assets
from storage import settings
from storage.advocates import Advocate
from storage.assets import Asset, AssetUse
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.opportunities import Opportunity
from storage.requests import Request
from tests.e2e.acts import HOSTILE, JSON, MARKUP, click_home, press
from tests.e2e.conftest import Company


def ahead(days: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=days)


def asset_of(company: Company, title: str) -> Asset:
    return company.row(Asset, Asset.title.contains(title))


def advocate_of(company: Company, name: str) -> str:
    contact = company.row(Contact, Contact.name.contains(name))
    return company.row(Advocate, Advocate.contact_id == contact.id).id


async def take(asker: Person, shown: JSON, asset: Asset, **values: object) -> None:
    """ "Use this" at this piece, and what it is for."""
    await asker.click(shown, "asset_use", value=asset.id)
    await asker.modal("asset_used", containing="no customer had to be asked")
    sent = await asker.submit(dict(values))
    assert sent.result == "update", sent
    await asker.modal(containing="Noted")


async def test_a_case_study_that_exists_is_used_and_nobody_is_asked(over_socket: Company) -> None:
    engaged = len(over_socket.rows(Engagement))
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "request case study healthcare")
        form = await asker.modal("request", containing="Ready to use, no customer needed")
        shown = asker.text_of(form)
        assert shown.index("Zero trust for 9,400 clinicians") < shown.index("What do you need them for?")
        assert "The same screen" not in shown, "a quote is no case study"
        asset = asset_of(over_socket, "clinicians")
        await take(asker, form, asset, opportunity="Sonnenblick: rollout")
    use = over_socket.row(AssetUse)
    deal = over_socket.row(Opportunity, Opportunity.name == "Sonnenblick: rollout")
    assert (use.asset_id, use.opportunity_id) == (asset.id, deal.id)
    assert over_socket.rows(Request) == []
    assert len(over_socket.rows(Engagement)) == engaged


async def test_words_typed_into_the_form_are_answered_with_what_exists(over_socket: Company) -> None:
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "request")
        form = await asker.modal("request")
        await asker.choose(form, "activity", "case study")
        await asker.modal("request", containing="When is the piece to be finished?")
        values = {"need_by": ahead(9), "deadline": ahead(30), "opportunity": "A deal", "criteria": "automotive germany"}
        sent = await asker.submit(values)
        assert sent.result == "update", sent
        form = await asker.modal("request", containing="This exists already")
        assert "Von Verdacht zu Gewissheit" in asker.text_of(form)
        assert over_socket.rows(Request) == []
        sent = await asker.submit({})
        assert sent.result == "update", sent
        await asker.modal(containing="Thank you")
    assert over_socket.row(Request).criteria == "automotive germany"


async def open_shelf(team: Person, company: Company, name: str, words: str) -> None:
    """Look somebody up, open the profile, and what they have approved."""
    await team.command("/advocates", words)
    shown = await team.message("general", containing=name)
    await team.click(shown, "advocate_card_open", value=advocate_of(company, name))
    await press(team, "advocate_card", "assets_open")
    await team.modal("assets")


async def test_the_team_keeps_it_and_what_is_gone_is_never_offered(over_socket: Company) -> None:
    async with over_socket.person("priyanka") as team, over_socket.person("camille") as asker:
        await open_shelf(team, over_socket, "Marisol", "banking chile")
        await press(team, "assets", "asset_add_open")
        await team.modal("asset")
        sent = await team.submit({"kind": "Quote", "title": HOSTILE, "expires_on": ahead(-1)})
        assert sent.result == "errors"
        assert set(sent.errors) == {"words", "expires_on"}
        sent = await team.submit({"words": "I had the answer before she had finished.", "expires_on": ahead(3)})
        assert sent.result == "close", sent
        await team.modal("assets", containing="not taken yet")
        await asker.command("/advocates", "assets quote banking chile")
        shown = await asker.message("general", containing="I had the answer before she had finished.")
        asset = over_socket.row(Asset, Asset.words.startswith("I had the answer"))
        await take(asker, shown, asset, purpose="The spring campaign")
        await asker.close()
        await press(team, "assets", "asset_change_open", value=asset.id)
        await team.modal("asset", containing="Where may it be used?")
        assert (await team.submit({"title": "Her answer"})).result == "close"
        await team.modal("assets", containing="Her answer")
        await press(team, "assets", "asset_withdraw", value=asset.id)
        await team.modal(lambda view: "Her answer" not in str(view), containing=["What they approved", "Una auditoría"])
        await asker.click(shown, "asset_use", value=asset.id)
        await asker.modal(containing="was withdrawn")
        await asker.close()
        await asker.command("/advocates", "assets quote banking chile")
        await asker.message("general", containing="Nothing is approved yet that fits")
    assert len(over_socket.rows(AssetUse)) == 1
    said = over_socket.marked_up()
    assert not any(mark in said for mark in MARKUP)


async def test_what_has_expired_is_not_offered_any_more(over_socket: Company) -> None:
    asset = asset_of(over_socket, "Von Verdacht")
    async with over_socket.person("camille") as asker:
        await asker.command("/advocates", "assets case study automotive")
        shown = await asker.message("general", containing="Von Verdacht")

        def expire(session: GuardedSession) -> None:
            session.get_one(Asset, (over_socket.workspace_id, asset.id)).expires_on = ahead(-2)
            session.commit()

        over_socket.read(expire)
        await asker.click(shown, "asset_use", value=asset.id)
        await asker.modal(containing="This has expired")
        await asker.close()
        await asker.command("/advocates", "assets case study automotive")
        await asker.message("general", containing="Nothing is approved yet that fits")
    assert over_socket.rows(AssetUse) == []


async def test_a_third_window_gives_its_place_to_what_is_used(over_socket: Company) -> None:
    asset = asset_of(over_socket, "clinicians")
    async with over_socket.person("camille") as asker:
        await click_home(asker, "advocates_look_up", "Hello")
        await asker.modal("look_up")
        await asker.submit({"query": "healthcare"})
        wilhelmina = advocate_of(over_socket, "Wilhelmina")
        await asker.click(await asker.modal(containing="Wilhelmina"), "advocate_card_open", value=wilhelmina)
        card = await asker.modal("advocate_card", containing="Zero trust for 9,400 clinicians")
        assert "May be used in public" in asker.text_of(card)
        await press(asker, "advocate_card", "request_for_open")
        form = await asker.modal("request", containing="Wilhelmina")
        await asker.choose(form, "activity", "case study")
        form = await asker.modal("request", containing="Ready to use, no customer needed")
        await take(asker, form, asset, purpose="A board paper")
        await asker.close()
        await press(asker, "advocate_card", "asset_use", value=asset.id)
        await asker.modal("asset_used")
    uses = over_socket.rows(AssetUse)
    assert len(uses) == 2
    assert {(use.purpose, use.opportunity_id) for use in uses} == {("A board paper", None), (None, None)}


async def test_the_team_hears_on_monday_what_will_expire(over_socket: Company) -> None:
    def tell(session: GuardedSession) -> None:
        assets.tell_of_ends(session, over_socket.everboard.house.moment(), settings.load(session))

    async with over_socket.person("priyanka") as team:
        over_socket.read(tell)
        over_socket.everboard.house.wake()
        note = await team.message("advocacy", containing="2 approved pieces will expire within 30 days")
        shown = team.text_of(note)
        assert shown.index("Von Verdacht zu Gewissheit") < shown.index("Ausfälle verhindern")
        await team.click(note, "assets_open", value=advocate_of(over_socket, "Benedikta"))
        await team.modal("assets", containing="Von Verdacht zu Gewissheit")
