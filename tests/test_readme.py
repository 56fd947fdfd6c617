"""The README says what the code does: the four state machines, the settings, the commands."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from bot.cli import cli
from bot.settings import Service
from domain import advocates, memberships, nominations, requests

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
DRAWN = re.findall(r"```mermaid\n(.*?)```", README, re.DOTALL)


def drawn(diagram: str) -> set[tuple[str, str, str]]:
    return set(re.findall(r"(\w+) --> (\w+): (.+)", diagram))


@pytest.mark.parametrize(
    ("diagram", "moves"),
    [
        (DRAWN[0], nominations.MOVES),
        (DRAWN[1], advocates.MOVES),
        (DRAWN[2], requests.MOVES),
        (DRAWN[3], memberships.MOVES),
    ],
    ids=["nomination", "advocate", "request", "membership"],
)
def test_the_drawn_state_machine_is_the_real_one(diagram: str, moves: dict[tuple[StrEnum, StrEnum], StrEnum]) -> None:
    assert drawn(diagram) == {(start.value, end.value, move.value) for (start, move), end in moves.items()}


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    table = README.split("### Settings")[1].split("### Commands")[0]
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    assert named == {str(field.validation_alias) for field in Service.model_fields.values()}


def test_every_command_is_in_the_table() -> None:
    table = README.split("### Commands")[1]
    listed = set(re.findall(r"^\| `everboard (\w+)", table, re.MULTILINE))
    groups: list[Any] = list(cli.registered_groups)
    known = {command.name or command.callback.__name__ for command in cli.registered_commands if command.callback}
    assert listed == known | {group.name for group in groups}
