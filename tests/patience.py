"""How long tests wait for what must come: a slow and busy machine fails none. Decides no deadline of Everboard's."""

from typing import TypedDict

PATIENCE = 60.0
"""Seconds. Waiting longer never slows a test that passes."""


class Unhurried(TypedDict):
    """What the local workspace waits for."""

    ack_seconds: float
    trigger_seconds: float


UNHURRIED: Unhurried = {"ack_seconds": PATIENCE, "trigger_seconds": PATIENCE}
"""For a local workspace whose apps have to answer, but not as fast as Slack asks for."""
