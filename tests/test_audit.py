"""The look for known weaknesses: what it says, and how it ends, for each thing that the asked tool may answer."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".ci" / "audit"

FOUND = "Found 1 known vulnerability in 1 package\nName Version ID\njinja2 2.0 PYSEC-1\n"
OFFLINE = "requests.exceptions.ConnectionError: Failed to resolve the name\n"


@pytest.mark.parametrize(
    ("answer", "status", "words", "ends"),
    [
        ("No known vulnerabilities found\n", 0, "No weakness is known", 0),
        (FOUND, 1, "jinja2 2.0 PYSEC-1", 1),
        (OFFLINE, 1, "Not looked: nobody could be asked about known weaknesses. requests", 0),
        ("error: no such tool\n", 2, "Not looked", 0),
    ],
)
def test_it_says_what_came_of_it(tmp_path: Path, answer: str, status: int, words: str, ends: int) -> None:
    tool = tmp_path / "uv"
    tool.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}END\nexit {status}\n", encoding="utf-8")
    tool.chmod(0o755)
    done = subprocess.run([SCRIPT, tool], capture_output=True, text=True, check=False)  # noqa: S603  # our own
    assert words in done.stdout
    assert done.returncode == ends
    assert done.stderr == ""
