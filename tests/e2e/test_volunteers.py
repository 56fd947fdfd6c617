"""A customer volunteers on the web page, over real sockets: stored once, answered alike, refused politely."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from domain.volunteers import MOST_SENT, OLDEST, QUICKEST, Age, Doorkeeper, age_of
from storage.nominations import Contact, Nomination
from storage.settings import Setting
from tests.e2e.acts import press
from tests.e2e.conftest import Company
from tests.worlds import START

FILLED = {
    "contact_name": "Ada Okafor",
    "company": "Harbor Mutual",
    "email": "ada@harbor.example",
    "why": "It saved us a week each month.",
    "consent": "yes",
    "activities": "case study",
}


class Visitor:
    """Somebody outside, with a browser that runs no scripts."""

    def __init__(self, company: Company, http: aiohttp.ClientSession) -> None:
        base = company.everboard.url or company.everboard.pages_url
        self.address = f"{base}/join/T0QUORVANE"
        self._http = http

    async def opens(self) -> tuple[int, str, dict[str, str]]:
        async with self._http.get(self.address) as answer:
            return answer.status, await answer.text(), dict(answer.headers)

    async def sends(self, token: str, **changes: Any) -> tuple[int, str]:
        form = {"token": token, **FILLED, **changes}
        async with self._http.post(self.address, data={k: v for k, v in form.items() if v is not None}) as answer:
            return answer.status, await answer.text()

    async def token(self, company: Company) -> str:
        """Of a form that has been open for a while."""
        _status, text, _headers = await self.opens()
        [found] = re.findall(r'name="token" value="([^"]+)"', text)
        made_at = found.partition(".")[0]
        seconds, _, rest = made_at.partition("-")
        earlier = f"{int(seconds) - 60}-{rest}"
        page = company.everboard.join_page
        return f"{earlier}.{page._signed(next(iter(company.everboard.house.installations.values())), earlier)}"


@pytest.fixture
async def visitor(company: Company) -> AsyncIterator[Visitor]:
    company.read(lambda session: session.add(Setting(key="join_open", value=True, changed_at=START)))
    async with aiohttp.ClientSession() as http:
        yield Visitor(company, http)


async def test_a_customer_volunteers_and_the_team_gets_an_alert(company: Company, visitor: Visitor) -> None:
    status, text, headers = await visitor.opens()
    assert status == 200
    assert "<script" not in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    token = await visitor.token(company)
    status, text = await visitor.sends(token)
    assert (status, "Thank you" in text) == (200, True)
    status, again = await visitor.sends(token)  # reloaded
    assert (status, again) == (200, text)
    row = company.row(Nomination, Nomination.source == "web")
    assert (row.customer_knows, row.nominator_id, row.activities) == (True, None, ["case study"])
    async with company.person("priyanka") as team:
        await team.message("advocacy", containing=["Ada Okafor", "the customer in person", "It saved us a week"])


async def test_whoever_is_known_gets_the_same_answer_and_the_team_hears_of_it(
    company: Company, visitor: Visitor
) -> None:
    _status, first = await visitor.sends(await visitor.token(company))
    status, second = await visitor.sends(await visitor.token(company), why="Again: <!channel>")
    assert (status, second) == (200, first)
    assert len(company.rows(Contact, Contact.name == "Ada Okafor")) == 1
    async with company.person("priyanka") as team:
        told = await team.message("advocacy", containing=["has volunteered on the web page", "is known already"])
        assert "<!channel>" not in str(told["blocks"])


async def test_what_is_wrong_is_said_at_the_fields_and_nothing_typed_is_lost(
    company: Company, visitor: Visitor
) -> None:
    status, text = await visitor.sends(
        await visitor.token(company), email="nonsense", country="Atlantis", why='<b>"bold"</b>'
    )
    assert status == 422
    assert 'href="#email"' in text
    assert 'href="#country"' in text
    assert "&lt;b&gt;" in text
    assert "<b>" not in text
    status, text = await visitor.sends(await visitor.token(company), consent=None, why=" ", company="")
    assert status == 422
    assert [text.count(f'href="#{name}"') for name in ("consent", "why", "company", "email")] == [1, 1, 1, 0]
    assert company.rows(Nomination, Nomination.source == "web") == []


async def test_programs_floods_and_old_forms_are_stopped(company: Company, visitor: Visitor) -> None:
    token = await visitor.token(company)
    status, text = await visitor.sends(token, website="https://spam.example")
    assert (status, "Thank you" in text) == (200, True), "a program is not told that it was seen through"
    _status, text, _headers = await visitor.opens()
    [fresh] = re.findall(r'name="token" value="([^"]+)"', text)
    assert (await visitor.sends(fresh))[0] == 400, "quicker than people"
    status, text = await visitor.sends("1-a.forged")
    assert (status, "Ada Okafor" in text) == (400, True), "what was typed is still there"
    answers = [(await visitor.sends(token, contact_name=""))[0] for _ in range(MOST_SENT)]
    assert answers[-1] == 429
    assert company.rows(Nomination, Nomination.source == "web") == []
    async with aiohttp.ClientSession() as http, http.post(visitor.address, data={"why": "x" * 200_000}) as answer:
        assert answer.status == 413


async def test_a_page_that_is_closed_or_of_nobody_is_not_there(company: Company) -> None:
    async with aiohttp.ClientSession() as http:
        there = Visitor(company, http).address
        for address in (there, f"{there}X", there.replace("T0QUORVANE", "..%2F")):
            async with http.get(address) as answer:
                assert answer.status == 404


async def test_the_leader_opens_and_closes_it(company: Company) -> None:
    async with company.person("ingrid") as leader:
        await leader.command("/advocacy", "settings")
        await press(leader, "settings", "settings_join_open", containing="put themselves forward is *off*")
        await leader.modal("settings_join")
        assert (await leader.submit({"is_on": ["on"]})).result == "close"
        await leader.modal("settings", containing="put themselves forward is *on*")
    assert company.rows(Setting, Setting.key == "join_open")[0].value is True


def test_when_a_form_counts() -> None:
    assert age_of(START, START + QUICKEST) is Age.FINE
    assert age_of(START, START + QUICKEST - timedelta(seconds=1)) is Age.TOO_QUICK
    assert age_of(START, START - timedelta(hours=1)) is Age.TOO_QUICK
    assert age_of(START, START + OLDEST + timedelta(seconds=1)) is Age.TOO_OLD


def test_the_doorkeeper_forgets_after_a_while_and_keeps_no_more_than_it_may() -> None:
    keeper = Doorkeeper()
    assert all(keeper.lets_in("a", START) for _ in range(MOST_SENT))
    assert not keeper.lets_in("a", START + timedelta(minutes=9))
    assert keeper.lets_in("b", START)
    assert keeper.lets_in("a", START + timedelta(minutes=11))
    for number in range(11_000):
        keeper.lets_in(f"{number}", START)
    assert len(keeper._seen) <= 10_000
