"""Somebody goes through every door to what customers have approved. Decides not who else may."""

from storage.assets import Asset
from tests.e2e.acts import press
from tests.e2e.conftest import Company
from tests.e2e.test_assets import open_shelf, take

OPEN_ASSET_DOORS = {"asset_use", "asset_used"}
"""Of these doors, those that stand open to every full member."""


async def every_asset_door_once(company: Company) -> None:
    """Added, changed, withdrawn; another one taken."""
    async with company.person("priyanka") as team:
        await open_shelf(team, company, "Marisol", "banking chile")
        await press(team, "assets", "asset_add_open")
        await team.modal("asset")
        sent = await team.submit({"kind": "Quote", "title": "Her answer", "words": "I had the answer."})
        assert sent.result == "close", sent
        asset = company.row(Asset, Asset.title == "Her answer")
        await press(team, "assets", "asset_change_open", value=asset.id)
        await team.modal("asset", containing="Where may it be used?")
        assert (await team.submit({"title": "Her own answer"})).result == "close"
        await press(team, "assets", "asset_withdraw", value=asset.id, containing="Her own answer")
        await team.modal(lambda view: "Her own answer" not in str(view), containing="What they approved")
        await team.close()
        await team.close()
        await team.command("/advocates", "assets video")
        video = company.row(Asset, Asset.kind == "video")
        await take(team, await team.message("general", containing=video.title), video)
        await team.close()
