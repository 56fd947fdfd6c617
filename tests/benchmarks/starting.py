"""How long the local workspace takes to start, in a process of its own, with the demo's company in it."""

import statistics
import subprocess
import sys

from tests.benchmarks.measuring import Figure

ROUNDS = 5

START = """
import time
began = time.perf_counter()
import asyncio
from sandbox.apps import App
from sandbox.server import Sandbox
from sandbox.world import World
imported = time.perf_counter()
from bot import manifest, sample
seed, found = sample.slack_world(), manifest.socket_mode(manifest.load())

async def start():
    began = time.perf_counter()
    async with Sandbox(World.from_dict(seed), [App.from_manifest(found)]):
        return time.perf_counter() - began

print(imported - began, asyncio.run(start()))
"""


def figures() -> list[Figure]:
    """Seconds until it answers: importing it, and starting it."""
    runs = [_once() for _ in range(ROUNDS)]
    importing, starting = (statistics.median(column) for column in zip(*runs, strict=True))
    return [
        Figure("sandbox: importing and starting", importing + starting, "s", goal=1.0, at_most=True),
        Figure("sandbox: of that, starting", starting, "s"),
    ]


def _once() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)  # noqa: S603  # our own text
    importing, starting = map(float, done.stdout.split())
    return importing, starting
