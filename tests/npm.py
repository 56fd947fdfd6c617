"""What tests need from npm, at the versions of a lock: installed once for each lock, beside this Python's packages."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

NEEDED = ("package.json", "package-lock.json", ".npmrc")
OLDEST = 20
"""The Node that every package asks for at least."""

TRIES = 3
"""How often npm is asked for the packages."""


def node_modules(folder: Path, purpose: str) -> Path:
    """The `node_modules` for the lock in `folder`. Without Node it skips, saying that `purpose`; in CI it fails."""
    missing = lacking(purpose)
    if missing and os.environ.get("CI"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    lock = hashlib.sha256(b"".join((folder / name).read_bytes() for name in NEEDED)).hexdigest()[:16]
    place = Path(sys.prefix) / "node-for-tests" / lock
    if not place.exists():
        _install(folder, place)
    return place / "node_modules"


def lacking(purpose: str) -> str | None:
    """What is missing on this machine, if anything."""
    if not shutil.which("node") or not shutil.which("npm"):
        return f"Node {OLDEST} or newer with npm is not here, so {purpose}"
    shown = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    if int(shown.lstrip("v").split(".")[0]) < OLDEST:
        return f"Node is {shown}, older than {OLDEST}, so {purpose}"
    return None


def _install(folder: Path, place: Path) -> None:
    """Install beside the place and move it there whole: another worker may be doing the same."""
    place.parent.mkdir(exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="unfinished-", dir=place.parent))
    try:
        for name in NEEDED:
            shutil.copy(folder / name, beside)
        for _try in range(TRIES):  # a registry may be away for a moment
            done = subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=beside, capture_output=True, text=True)  # noqa: S607, PLW1510 - the assertion shows what npm said
            if done.returncode == 0:
                break
        assert done.returncode == 0, done.stdout + done.stderr
        with suppress(OSError):  # then another worker was faster
            beside.replace(place)
        assert place.is_dir()
    finally:
        shutil.rmtree(beside, ignore_errors=True)
