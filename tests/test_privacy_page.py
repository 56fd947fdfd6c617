"""The page on privacy says what the code does: every time that data is kept, with its default, and every way in."""

import re
from pathlib import Path

import pytest

from bot.cli import cli
from domain.retention import KEPT
from domain.settings import NUMBERS
from handlers import do_not_contact, erasing

PAGE = (Path(__file__).parent.parent / "docs" / "privacy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["nomination_expiry_days", *KEPT])
def test_each_time_stands_in_it_with_its_default(key: str) -> None:
    number = NUMBERS[key]
    assert f"| {number.words} | {number.default} {number.unit} |" in PAGE


def test_it_names_no_time_that_is_none() -> None:
    told = re.findall(r"^\| (.+?) \| \d+ days \|", PAGE, re.MULTILINE)
    assert set(told) == {NUMBERS[key].words for key in ("nomination_expiry_days", *KEPT)}


def test_each_command_in_it_is_there() -> None:
    known = {command.name or (command.callback and command.callback.__name__) for command in cli.registered_commands}
    assert set(re.findall(r"`everboard (\w+)", PAGE)) <= known
    words = erasing.COMMAND | do_not_contact.COMMAND | {"settings"}
    assert set(re.findall(r"`/advocacy ([\w-]+)`", PAGE)) <= words
