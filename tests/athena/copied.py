"""A copy of Athena, in which what a page of the docs says is done and tried."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
COPIED: Final = (
    "custom_components",
    "tests/__init__.py",
    "tests/athena/conftest.py",
    "tests/athena/home.py",
    "tests/athena/saying.py",
    "pyproject.toml",
)


def copy_athena(target: Path) -> None:
    """Copy the integration, and what its tests need, into a folder."""
    for path in COPIED:
        source, copied = ROOT / path, target / path
        copied.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copied, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copied)
    (target / "tests/athena/__init__.py").touch()


def passes(copy: Path, name: str, test: str) -> None:
    """Write a test into a copy and run it there; fail where it does."""
    path = f"tests/athena/{name}"
    (copy / path).write_text(test, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", path],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
