"""What an operator installs is enough: nothing that runs needs what only the lock for developers brings."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "schedules", "steps", "views", "storage", "domain", "sandbox")

IMPORT_ALL = """
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"{name} is for developers alone", name=name)

refused = set(sys.argv[1].split())
sys.meta_path.insert(0, Refuse())
for package in sys.argv[2].split():
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        if ".migrations" not in found.name:
            importlib.import_module(found.name)
"""


def _locked(name: str) -> set[str]:
    found = re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {_normal(one) for one in found}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_all_that_runs_is_there_without_the_tools_of_developers() -> None:
    for_developers = _locked("requirements-dev.lock") - _locked("requirements.lock")
    assert {"pytest", "ruff", "mypy"} <= for_developers
    refused = {
        module
        for module, names in packages_distributions().items()
        if {_normal(name) for name in names} <= for_developers
    }
    assert "pytest" in refused
    done = subprocess.run(  # noqa: S603  # every word is ours
        [sys.executable, "-c", IMPORT_ALL, " ".join(sorted(refused)), " ".join(PACKAGES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
