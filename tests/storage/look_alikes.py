"""Two workspaces whose rows look alike: the same ids and keys, and one word that tells them apart."""

import pytest

from storage.accounts import Account
from storage.guard import GuardedSession
from storage.people import Person
from storage.receipts import Receipt
from tests.worlds import World

MINE, THEIRS = "mine", "theirs"
"""In every row of one workspace and of the other."""


@pytest.fixture
def two(world: World) -> tuple[str, str]:
    """Two workspaces whose rows look alike but for one word; their ids."""
    ids = world.workspace("T1"), world.workspace("T2")
    for workspace_id, word in zip(ids, (MINE, THEIRS), strict=True):
        world.do(workspace_id, fill, world, word)
    return ids


def fill(session: GuardedSession, world: World, word: str) -> None:
    """A person "p" who owns an account "a"; the ids are the same in both workspaces."""
    now = world.moment().now
    session.add(Person(id="p", slack_user_id="U1", name=word, updated_at=now))
    session.flush()
    session.add(Account(id="a", name=word, key="acme", owner_id="p", created_at=now))
    session.add(Receipt(key="r", at=now, outcome=word))
