"""Channels are looked up where nobody chose one, and then seldom: Slack lets twenty pages of its list a minute."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from domain.settings import DEFAULT_CHANNEL_NAMES, ChannelRole, channel_key
from schedules import channels
from schedules.channels import Channels
from storage import settings
from storage.database import Database
from tests.outbox import KEYS, Company
from tests.schedules.recorder import Slack, Trouble, serving


@dataclass
class Finder:
    """A company, its Slack, and who finds channels in it."""

    company: Company
    slack: Slack
    channels: Channels

    async def in_use(self) -> dict[ChannelRole, str | None]:
        return dict(await self.channels.in_use(self.slack.client(), self.company.workspace_id))

    async def of(self, role: ChannelRole) -> str | None:
        return await self.channels.of(self.slack.client(), self.company.workspace_id, role)

    def choose(self, role: ChannelRole, channel: str) -> None:
        self.company.do(settings.save, self.company.moment(), None, channel_key(role), channel)

    @property
    def listed(self) -> int:
        """How many pages were asked for."""
        return len(self.slack.called("conversations.list"))


@pytest.fixture
async def finder(sqlite_url: str) -> AsyncIterator[Finder]:
    db = Database(sqlite_url, KEYS)
    company = Company(db)
    async with serving(company.clock) as slack:
        yield Finder(company, slack, Channels(db))
    db.close()


async def test_what_was_chosen_costs_no_list(finder: Finder) -> None:
    for role in ChannelRole:
        finder.choose(role, f"C{role.name}")
    assert await finder.in_use() == {role: f"C{role.name}" for role in ChannelRole}
    assert await finder.of(ChannelRole.WINS) == "CWINS"
    assert finder.listed == 0


async def test_names_are_read_once_for_everybody(finder: Finder) -> None:
    finder.choose(ChannelRole.SALES, "CCHOSEN")
    for _ in range(3):
        in_use = await finder.in_use()
        assert (in_use[ChannelRole.ADVOCACY], in_use[ChannelRole.SALES]) == ("CADV", "CCHOSEN")
        assert in_use[ChannelRole.MARKETING] is None
        assert await finder.of(ChannelRole.ADVOCACY) == "CADV"
    assert finder.listed == 1


async def test_the_list_is_read_no_further_than_the_last_wanted_name(finder: Finder) -> None:
    usual = {name: f"C{at}" for at, name in enumerate(DEFAULT_CHANNEL_NAMES.values())}
    finder.slack.channels = {**usual, **{f"other-{at}": f"X{at}" for at in range(3 * channels.PAGE)}}
    assert set((await finder.in_use()).values()) == set(usual.values())
    assert finder.listed == 1


async def test_a_long_list_is_read_to_its_end(finder: Finder) -> None:
    finder.slack.channels = {**{f"other-{at}": f"X{at}" for at in range(2 * channels.PAGE)}, "advocacy": "CLAST"}
    assert (await finder.in_use())[ChannelRole.ADVOCACY] == "CLAST"
    assert finder.listed == 3


async def test_who_only_looks_believes_that_a_name_is_missing_and_who_sends_looks_again(finder: Finder) -> None:
    finder.slack.channels = {}
    assert (await finder.in_use())[ChannelRole.ADVOCACY] is None
    finder.slack.channels = {"advocacy": "CNEW"}
    assert (await finder.in_use())[ChannelRole.ADVOCACY] is None
    assert await finder.of(ChannelRole.ADVOCACY) == "CNEW"
    assert (await finder.in_use())[ChannelRole.ADVOCACY] == "CNEW"
    assert finder.listed == 2


async def test_channels_that_have_changed_are_read_afresh(finder: Finder) -> None:
    assert await finder.of(ChannelRole.ADVOCACY) == "CADV"
    finder.slack.channels = {"advocacy": "CNEW"}
    finder.channels.forget(finder.company.workspace_id)
    assert (await finder.in_use())[ChannelRole.ADVOCACY] == "CNEW"


async def test_channels_that_change_while_they_are_read_still_answer_and_are_not_kept(finder: Finder) -> None:
    def forget() -> None:
        finder.channels.forget(finder.company.workspace_id)

    asks: list[Callable[[], Awaitable[Any]]] = [lambda: finder.of(ChannelRole.ADVOCACY), finder.in_use]
    for ask in asks:
        before = finder.listed
        finder.slack.troubles["conversations.list"] = [Trouble(meanwhile=forget)]
        answer = await ask()
        assert answer == "CADV" or answer[ChannelRole.ADVOCACY] == "CADV"
        await finder.in_use()
        assert finder.listed == before + 2
        forget()


async def test_what_was_found_before_slack_asked_for_a_rest_stays_known(finder: Finder) -> None:
    finder.slack.channels = {"advocacy": "CADV", **{f"other-{at}": f"X{at}" for at in range(channels.PAGE)}}
    finder.slack.troubles["conversations.list"] = [Trouble(), Trouble("ratelimited")]
    with pytest.raises(SlackApiError):
        await finder.in_use()
    assert await finder.of(ChannelRole.ADVOCACY) == "CADV"
    assert finder.listed == 2
