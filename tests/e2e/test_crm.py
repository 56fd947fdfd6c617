"""The CRM's fields named in Slack, and its hourly reading, from the local Salesforce into the local workspace."""

from datetime import timedelta

from pydantic import SecretStr

from storage.accounts import Account
from storage.crm import CrmReading
from storage.settings import Setting
from tests.bot.local_salesforce import CLIENT, SECRET, running
from tests.e2e.acts import has, press
from tests.e2e.conftest import Company
from tests.patience import until

LINES = "Account ID = Id\nAccount name = Name\nHealth = Health__c"


async def test_fields_are_named_in_the_settings_and_mistakes_told_where_they_are(over_socket: Company) -> None:
    async with over_socket.person("ingrid") as leader, over_socket.person("camille") as member:
        await member.command("/advocacy", "settings")
        shown = await member.modal("settings", containing="The usual fields are read; nothing is written into the CRM")
        assert not has("settings_crm_open")(shown)
        await leader.command("/advocacy", "settings")
        await press(leader, "settings", "settings_crm_open")
        await leader.modal("settings_crm", containing="*Health = Health__c*")
        sent = await leader.submit({"crm_accounts": "Account name = Name\nMood = Mood__c", "crm_write_field": "Amount"})
        assert set(sent.errors) == {"crm_accounts", "crm_write_field"}
        assert "“Mood” is no column" in sent.errors["crm_accounts"]
        assert (await leader.submit({"crm_accounts": LINES, "crm_write_field": "Proof__c"})).result == "close"
        await leader.modal("settings", containing=["columns read otherwise than usual", "`Proof__c`"])
    stored = {row.key: row.value for row in over_socket.rows(Setting, Setting.key.startswith("crm"))}
    assert stored["crm_write_field"] == "Proof__c"


async def test_every_hour_what_changed_is_read_and_trouble_is_told_to_the_leader(over_socket: Company) -> None:
    everboard = over_socket.everboard
    with running() as local:
        local.add("Account", "001A", 1, Name="Quarry & Quill", BillingCountry="Sweden")
        local.add("Account", "001B", 1, Name="Brook & Bell", BillingCountry="Swedn")
        everboard.settings = everboard.settings.model_copy(
            update={
                "salesforce_url": local.url,
                "salesforce_client_id": CLIENT,
                "salesforce_client_secret": SecretStr(SECRET),
            }
        )
        now = everboard.house.clock.now()
        await everboard.ticker.tick(now + timedelta(hours=1))
        await until(lambda: bool(over_socket.rows(CrmReading, CrmReading.thing == "opportunities")))
        async with over_socket.person("ingrid") as leader:
            await leader.message(containing=["1 record of the CRM could not be taken.", "Brook & Bell"])
            local.locked = True
            await everboard.ticker.tick(now + timedelta(hours=2))
            await leader.message(containing=["Salesforce could not be read.", "Salesforce refuses the login"])
    assert over_socket.rows(Account, Account.external_id == "001A")[0].country == "SE"
