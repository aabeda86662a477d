"""The brain without Home Assistant, on the satellite's Python."""

import shutil
import subprocess
from pathlib import Path

from .repository import ROOT, Repository
from .rules.brain import BRAIN

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
import brain
for module in pkgutil.walk_packages(brain.__path__, "brain."):
    importlib.import_module(module.name)
print(*sys.version_info[:2], sum(name.startswith("brain.") for name in sys.modules))
"""


def test_the_brain_is_imported_alone_by_python_3_13(tmp_path: Path) -> None:
    shutil.copytree(ROOT / BRAIN, tmp_path / "brain", ignore=shutil.ignore_patterns("__pycache__"))
    python = ROOT / "satellite/.venv/bin/python"
    done = subprocess.run(
        [python, "-W", "error", "-B", "-c", IMPORT_EVERYTHING],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    modules = len(list(Repository.read().under(BRAIN))) - 1
    assert done.stdout.split() == ["3", "13", str(modules)]
