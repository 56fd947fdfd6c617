"""The business value in Slack: two clicks from Home to one industry's quarter, and the chart as a message."""

import csv
import io
from datetime import date
from typing import Any

from domain.opportunities import Status
from storage.accounts import Account
from storage.advocates import Advocate
from storage.audit import Audit
from storage.engagements import Engagement
from storage.opportunities import Opportunity
from tests.e2e.acts import click_home, press
from tests.e2e.conftest import Company


def _won(session: Any, company: Company) -> None:
    """A healthcare deal of this quarter for which an advocate was used."""
    moment, today = company.everboard.house.moment(), date.today()  # noqa: DTZ011  # either day will do
    account = session.query(Account).filter(Account.industry == "healthcare").first()
    advocate = session.query(Advocate).first()
    deal = Opportunity(
        id=moment.new_id(), name="Big one", key="big one", account_id=account.id, kind="new", stage="Won"
    )
    deal.status, deal.hundredths, deal.currency, deal.source = Status.WON.value, 12_300_000, "USD", "file"
    deal.close_on, deal.created_at = today, moment.now
    used = Engagement(id=moment.new_id(), advocate_id=advocate.id, activity="reference call", halves=2, source="touch")
    used.happens_on, used.status, used.opportunity_id, used.created_at = today, "done", deal.id, moment.now
    session.add(deal)
    session.flush()
    session.add(used)


async def test_the_champion_sees_what_advocacy_did_in_healthcare_this_quarter(company: Company) -> None:
    company.read(_won, company)
    async with company.person("marguerite") as champion:
        await click_home(champion, "value_open")
        shown = await champion.modal(
            "value", containing=["Won with an advocate: USD 123,000", "does not prove a cause"]
        )
        await champion.choose(shown, "value_industry", "healthcare")
        shown = await champion.modal("value", containing="Won with an advocate: USD 123,000")
        await champion.choose(shown, "value_period", "last_quarter")
        shown = await champion.modal("value", containing="Influenced and won: none")
        await champion.choose(shown, "value_period", "quarter")
        shown = await champion.modal("value", containing="USD 123,000")
        await champion.choose(shown, "value_activity", "site visit")
        shown = await champion.modal("value", containing="Won with an advocate: none")
        await champion.choose(shown, "value_activity", "reference call")
        await champion.modal("value", containing="Won with an advocate: USD 123,000")
        await press(champion, "value", "value_send")
        chart = await champion.message(containing=["Deals with and without an advocate", "Big one"])
        assert [block["type"] for block in chart["blocks"]].count("data_visualization") == 1


async def test_the_deals_behind_the_figures_come_as_a_file(company: Company) -> None:
    company.read(_won, company)
    async with company.person("marguerite") as champion:
        await click_home(champion, "value_open")
        await press(champion, "value", "value_file", containing="USD 123,000")
        said = await champion.message(containing="behind the figures, one in each line.")
        [file] = said["files"]
        kept = company.sandbox.workspace.files.find(file["id"])
        assert kept is not None
        assert kept.content is not None
        table = list(csv.DictReader(io.StringIO(kept.content.decode("utf-8-sig"))))
        assert kept.name == "deals.csv"
        assert said["text"].startswith(f"{len(table)} deal")
        big = next(one for one in table if one["opportunity"] == "Big one")
        assert (big["amount"], big["currency"], big["influenced"]) == ("123000.00", "USD", "yes")
        await champion.modal(containing="You get it as a direct message from Everboard.")
        written = company.row(Audit, Audit.action == "report.exported")
        assert written.after == {"rows": len(table)}
        await champion.close()
        company.sandbox.faults.refuse("files.getUploadURLExternal", "missing_scope")
        await press(champion, "value", "value_file")
        await champion.modal(containing="Everboard has no permission to send files here.")


async def test_a_rep_is_told_who_may_see_it(company: Company) -> None:
    async with company.person("desmond") as rep:
        await rep.command("/advocacy", "value")
        await rep.modal(containing="can see what advocacy does for the business")
