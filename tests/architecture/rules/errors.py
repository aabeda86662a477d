"""Each package has one family of errors: one root, its tree drawn at the top of errors.py, no name twice."""

import ast
import builtins
from collections.abc import Iterator
from typing import Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

PACKAGES: Final = (
    "custom_components/athena/brain",
    "satellite/athena_satellite",
    "script/house",
    "script/room/replay",
    "wyoming_servers/athena_voice",
)
# Home Assistant's errors are the integration's family outside the brain.
OF_HOME_ASSISTANT: Final = "custom_components/athena"

BUILTIN: Final = {
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
}


def _check(repository: Repository) -> Iterator[Violation]:
    for package in PACKAGES:
        yield from _family(repository, package)
    for path in repository.under(OF_HOME_ASSISTANT):
        if not path.startswith(f"{PACKAGES[0]}/"):
            for node, bases in _classes(repository, path):
                if bases & BUILTIN:
                    yield Violation(path=path, line=node.lineno, says=f"{node.name} is none of Home Assistant's errors")


def _family(repository: Repository, package: str) -> Iterator[Violation]:
    home = f"{package}/errors.py"
    if home not in repository.files:
        yield Violation(path=home, says="has no errors.py")
        return
    family: dict[str, str] = {}
    drawn = ast.get_docstring(repository.tree(home)) or ""
    for path in (home, *(path for path in repository.under(package) if path != home)):
        for node, bases in _classes(repository, path):
            if node.name in family:
                yield Violation(path=path, line=node.lineno, says=f"{node.name} is in {family[node.name]} already")
            elif not bases & family.keys() and (family or not bases & {"Exception"}):
                if bases & BUILTIN or node.name.endswith(("Error", "Exception")):
                    yield Violation(path=path, line=node.lineno, says=f"{node.name} is not of the family in {home}")
            else:
                family[node.name] = path
                if node.name not in drawn.split():
                    yield Violation(path=path, line=node.lineno, says=f"{node.name} is not in the tree of {home}")


def _classes(repository: Repository, path: str) -> Iterator[tuple[ast.ClassDef, set[str]]]:
    """Yield every class with the last words of its bases."""
    for node in ast.walk(repository.tree(path)):
        if isinstance(node, ast.ClassDef):
            yield node, {ast.unparse(base).rpartition(".")[2] for base in node.bases}


ERRORS_ARE_ONE_FAMILY: Final = Rule(
    name="errors are one family",
    check=_check,
    plants=(
        plant("satellite/athena_satellite/planted.py", "class PlantedError(Exception):\n    pass\n"),
        plant("wyoming_servers/athena_voice/planted.py", "class Planted(ValueError):\n    pass\n"),
        plant("custom_components/athena/brain/planted.py", "class Planted(RuntimeError):\n    pass\n"),
        plant("custom_components/athena/planted.py", "class PlantedError(Exception):\n    pass\n"),
        plant(
            "satellite/athena_satellite/planted.py",
            "from .errors import SatelliteError\nclass SettingsError(SatelliteError):\n    pass\n",
        ),
        plant(
            "satellite/athena_satellite/planted.py",
            "from .errors import SatelliteError\nclass UndrawnError(SatelliteError):\n    pass\n",
        ),
    ),
)
