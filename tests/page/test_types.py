"""The page's scripts keep to the types that their comments state: the compiler finds nothing to say."""

import subprocess
from pathlib import Path

import pytest

from tests.npm import NEEDED, node_modules

PAGE = Path(__file__).resolve().parents[2] / "sandbox" / "page"
TYPES = Path(__file__).parent / "types"

# Installing takes as long as the network does.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_the_types_in_the_comments_fit() -> None:
    compiler = node_modules(TYPES, "the page's types were not checked") / "typescript" / "bin" / "tsc"
    done = subprocess.run(["node", compiler, "-p", PAGE / "jsconfig.json"], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_script_says_what_it_decides() -> None:
    silent = [path.name for path in PAGE.glob("*.js") if not path.read_text(encoding="utf-8").startswith("/**")]
    assert silent == []


def test_no_address_stands_in_its_files() -> None:
    for name in NEEDED:
        assert "://" not in (TYPES / name).read_text(encoding="utf-8"), name
