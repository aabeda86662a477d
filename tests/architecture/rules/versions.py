"""A number stands in one place, and the projects share one configuration of the tools."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

MANIFEST: Final = "custom_components/athena/manifest.json"
PROJECTS: Final = ("satellite/pyproject.toml", "wyoming_servers/pyproject.toml")
ROOT: Final = "pyproject.toml"
VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
CODE: Final = (".cfg", ".json", ".py", ".sh", ".toml", ".yaml", ".yml")


def _versions(repository: Repository) -> Iterator[Violation]:
    homes = {MANIFEST: json.loads(repository.files[MANIFEST]).get("version")}
    homes |= {path: _toml(repository, path)["project"].get("version") for path in PROJECTS}
    for home, version in homes.items():
        if not VERSION.fullmatch(str(version)):
            yield Violation(path=home, says=f"its version is {version!r}, not like 1.2.3")
    for path, text in repository.files.items():
        if path in homes or not (path.endswith(CODE) or text.startswith("#!")):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if any(f'"{version}"' in line or f"'{version}'" in line for version in homes.values()):
                yield Violation(path=path, line=number, says="repeats the version of a part: read it from its home")
    yield from _home_assistant(repository)


def _home_assistant(repository: Repository) -> Iterator[Violation]:
    """The oldest Home Assistant that hacs.json lets in is one that the tests run on."""
    oldest = json.loads(repository.files["hacs.json"]).get("homeassistant")
    groups = _toml(repository, ROOT)["dependency-groups"].values()
    pins = [str(pin) for group in groups for pin in group]
    tested = [pin.partition("==")[2] for pin in pins if pin.startswith("homeassistant==")]
    if not oldest or _month(oldest) != min(map(_month, tested)):
        yield Violation(path="hacs.json", says=f"lets in Home Assistant {oldest}, tested are {', '.join(tested)}")


def _month(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")[:2]))


def _toml(repository: Repository, path: str) -> dict[str, Any]:
    return tomllib.loads(repository.files[path])


def _configuration(repository: Repository) -> Iterator[Violation]:
    for path in PROJECTS:
        project = _toml(repository, path)
        tools = project["tool"]
        if tools.get("ruff") != {"extend": "../pyproject.toml", "target-version": "py313"}:
            yield Violation(path=path, says="extends the root's ruff and changes target-version, nothing else")
        if project["project"].get("requires-python") != ">=3.13":
            yield Violation(path=path, says="runs on Python 3.13 and later")
        if project["project"].get("license") != "Apache-2.0":
            yield Violation(path=path, says="its licence is Apache-2.0")
    for path in (ROOT, *PROJECTS):
        tools = _toml(repository, path)["tool"]
        if tools.get("mypy", {}).get("strict") is not True:
            yield Violation(path=path, says="mypy is strict")
        if "error" not in tools.get("pytest", {}).get("ini_options", {}).get("filterwarnings", ()):
            yield Violation(path=path, says="warnings are errors in tests")
    for path in repository.files:
        if path.rpartition("/")[2] in {".ruff.toml", "mypy.ini", "pytest.ini", "ruff.toml", "setup.cfg", "tox.ini"}:
            yield Violation(path=path, says="the tools are configured in pyproject.toml")


VERSIONS_STAND_ONCE: Final = Rule(
    name="versions stand once",
    check=_versions,
    plants=(
        plant("custom_components/athena/planted.py", 'VERSION = "9.9.9"\n', **{MANIFEST: '{"version": "9.9.9"}'}),
        plant(MANIFEST, "{}"),
        plant("hacs.json", '{"name": "Athena"}'),
        plant("hacs.json", '{"name": "Athena", "homeassistant": "2025.1.0"}'),
    ),
)
ONE_CONFIGURATION: Final = Rule(
    name="one configuration",
    check=_configuration,
    plants=(
        plant("satellite/pyproject.toml", "[project]\nrequires-python = '>=3.13'\n[tool.ruff]\nline-length = 80\n"),
        plant("wyoming_servers/pyproject.toml", "[project]\nrequires-python = '>=3.11'\n[tool.mypy]\nstrict = false\n"),
        plant("satellite/ruff.toml", "line-length = 80\n"),
    ),
)
