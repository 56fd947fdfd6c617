"""The wheel holds whatever lies beside the code, so that an installed Everboard lacks nothing that a checkout has."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = [found.parent.name for found in ROOT.glob("*/__init__.py") if found.parent.name != "tests"]
METADATA = ("pyproject.toml", "README.md", "LICENSE", "manifest.yml")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the project: a build leaves files behind that the next one would pack."""
    copy = tmp_path_factory.mktemp("project")
    for name in METADATA:
        shutil.copy(ROOT / name, copy / name)
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, symlinks=True)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", copy / "dist", copy], check=True)  # noqa: S603  # every word is ours
    return next((copy / "dist").glob("everboard-*.whl"))


@pytest.mark.slow
def test_it_holds_every_file_beside_the_code(wheel: Path) -> None:
    project = wheel.parents[1]
    files = (path for package in PACKAGES for path in (project / package).rglob("*") if path.is_file())
    ours = {path.relative_to(project).as_posix() for path in files if "__pycache__" not in path.parts}
    with zipfile.ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert held == ours


@pytest.mark.slow
def test_it_holds_the_manifest_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        assert packed.read("bot/manifest.yml") == (ROOT / "manifest.yml").read_bytes()
        information = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA")).rsplit("/", 1)[0]
        assert packed.read(f"{information}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
        assert b"everboard = bot.cli:main" in packed.read(f"{information}/entry_points.txt")
