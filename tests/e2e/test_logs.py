"""What is logged while people do everything there is to do: no name, no address, no word of theirs, no token."""

import csv
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import sample
from bot.logs import CHATTY
from tests.e2e.conftest import Company
from tests.e2e.doors import every_door_once
from tests.worlds import SECRET


class Everything(logging.Handler):
    """Whatever any library says."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, with its trace."""
        self.said.append(self.format(record))


@pytest.fixture
def everything() -> Iterator[Everything]:
    """All that is logged at the finest level that an operator can choose."""
    heard, root = Everything(), logging.getLogger()
    before = {name: logging.getLogger(name).level for name in ("", *CHATTY)}
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    yield heard
    root.removeHandler(heard)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def of_people(company: Company) -> Iterator[str]:
    """Names and addresses of everybody in the workspace and of all customers that were brought in."""
    for user in company.sandbox.world.users.values():
        yield user.get("real_name") or user["profile"].get("real_name", "")
        yield user["profile"].get("email", "")
    for name in ("advocates.csv", "nominations.csv"):
        with (Path(sample.FOLDER) / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from (row.get("Contact name") or "", row.get("Email") or "")


def of_this_story() -> Iterator[str]:
    """What people typed on the way through all doors."""
    yield from ("Ada Okafor", "Grace Adeyemi", "grace@harbor.example", "Thank somebody for a customer", "A book")


def secrets(company: Company) -> Iterator[str]:
    """What opens something."""
    yield from (company.app.bot_token, company.app.app_token, company.app.signing_secret, SECRET)
    yield from ("xoxb-", "xapp-")


@pytest.mark.slow
async def test_nothing_personal_and_no_secret_is_logged(
    over_socket: Company, everything: Everything, quiet: list[Any]
) -> None:
    await every_door_once(over_socket)
    said = "\n".join([*everything.said, *map(str, quiet)])
    assert "connected" in said, "it does hear what is logged"
    words = [*of_people(over_socket), *of_this_story(), *secrets(over_socket)]
    assert len(words) > 60
    assert [word for word in words if word and word in said] == []
