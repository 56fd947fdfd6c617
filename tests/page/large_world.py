"""A workspace as large as the page has to bear: in people, in channels, in messages."""

from typing import Any

from tests.page.sample_world import SEED

PEOPLE = 10_000
CHANNELS = 1_000
IN_EACH = 50
IN_ONE = 50_000


def large_seed() -> dict[str, Any]:
    """The sample workspace with all of that; Rosa is in every channel, and `C0LONG` holds half of the messages."""
    users = [{"id": f"U1{number:05}", "name": f"person.{number}"} for number in range(PEOPLE)]
    rooms = [
        {
            "name": f"room-{room:03}",
            "members": ["rosa"],
            "messages": [{"user": "rosa", "text": f"Word {n}", "minutes_ago": 60} for n in range(IN_EACH)],
        }
        for room in range(CHANNELS)
    ]
    said = [{"user": "lena", "text": f"Message {number}."} for number in range(IN_ONE)]
    long = {"id": "C0LONG", "name": "long", "members": ["rosa", "lena"], "messages": said}
    return {**SEED, "users": [*SEED["users"], *users], "channels": [*SEED["channels"], *rooms, long]}
