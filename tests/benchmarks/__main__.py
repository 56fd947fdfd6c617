"""`make bench`: measures, prints a table, and keeps the numbers as JSON. Fails on errors, never on a slow machine.

Which ones: `make bench ARGS="posting guard"`. Where to: `--json FILE`, by default `data/benchmarks.json`.
"""

import argparse
import importlib
import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.measuring import Figure, machine

NAMES = (
    "starting",
    "posting",
    "big_world",
    "command",
    "storing",
    "importing",
    "guard",
    "painting",
    "looking_up",
    "home",
    "pulses",
    "answering",
    "fan_out",
    "portfolio",
)


def main() -> None:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", default=NAMES, metavar="NAME", help=", ".join(NAMES))
    asked.add_argument("--json", type=Path, default=Path("data/benchmarks.json"))
    given = asked.parse_args()
    before, console = machine(), Console()
    found: dict[str, list[Figure]] = {}
    for name in given.names:
        console.print(f"measuring {name}…", style="dim")
        found[name] = importlib.import_module(f"tests.benchmarks.{name}").figures()
    console.print(_table(found))
    console.print(
        f"{before['processor']}, {before['cores']} cores, load {before['load'][0]} → {os.getloadavg()[0]:.2f}"
    )
    _keep(given.json, before, found)
    console.print(f"kept in {given.json}")


def _table(found: dict[str, list[Figure]]) -> Table:
    table = Table("what", "measured", "unit", "goal", "reached", "note")
    for figures in found.values():
        for figure in figures:
            goal = "" if figure.goal is None else f"{'≤' if figure.at_most else '≥'} {figure.goal:g}"
            reached = {None: "", True: "yes", False: "NO"}[figure.met]
            table.add_row(figure.name, f"{figure.value:.4g}", figure.unit, goal, reached, figure.note)
        table.add_section()
    return table


def _keep(file: Path, before: dict[str, object], found: dict[str, list[Figure]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    figures = {name: [asdict(figure) | {"met": figure.met} for figure in some] for name, some in found.items()}
    kept = {"at": datetime.now(UTC).isoformat(), "machine": before, "figures": figures}
    file.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
