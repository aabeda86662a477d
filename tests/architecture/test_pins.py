"""What stands beside a Home Assistant is of the versions that its release pins."""

from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .repository import ROOT

# Of these the release's own version has no wheel for Python 3.14; script/house_audio makes up for it.
STAND_INS = {"pymicro-vad", "pyspeex-noise"}


def _environments() -> list[Path]:
    return [ROOT / ".venv", *sorted((ROOT / ".demo").glob("ha-*"))]


def _constraints(site: Path) -> Iterator[Requirement]:
    for line in (site / "homeassistant/package_constraints.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            yield Requirement(line)


@pytest.mark.parametrize("environment", _environments(), ids=lambda path: path.name)
def test_every_version_is_the_releases_own(environment: Path) -> None:
    (site,) = environment.glob("lib/python*/site-packages")
    installed: dict[str, Distribution] = {
        canonicalize_name(found.metadata["Name"]): found for found in distributions(path=[str(site)])
    }
    wrong = [
        f"{name} {installed[name].version}, not {constraint}"
        for constraint in _constraints(site)
        if (name := canonicalize_name(constraint.name)) in installed
        and name not in STAND_INS
        and not constraint.specifier.contains(installed[name].version, prereleases=True)
    ]
    assert wrong == []
    assert installed.keys() >= STAND_INS | {"homeassistant"}
