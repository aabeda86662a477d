"""A folder that grows says so by the tuple ALL in its __init__.py, and ALL names something of every file in it."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ..repository import Repository, module_of
from ..rule import Rule, Violation, plant

# Where folders are expected; others are found by their ALL.
EXPECTED: Final = tuple(
    f"custom_components/athena/{folder}"
    for folder in ("brain/animations", "brain/scenes", "capabilities", "outputs", "sources")
)


def _check(repository: Repository) -> Iterator[Violation]:
    growing = {
        path: registered
        for path in repository.files
        if path.endswith("/__init__.py") and (registered := _registered(repository, path)) is not None
    }
    for folder in EXPECTED:
        if f"{folder}/__init__.py" not in growing:
            yield Violation(path=f"{folder}/__init__.py", says="has no ALL")
    for init, registered in growing.items():
        folder = PurePosixPath(init).parent.as_posix()
        for path in repository.folder(folder):
            if path != init and module_of(path) not in registered and not _is_seam(repository, path):
                yield Violation(path=path, says=f"is not in ALL of {init}")
        yield from _nowhere(repository, init)


def _nowhere(repository: Repository, init: str) -> Iterator[Violation]:
    """Check what is registered as "module:Class [extra]", for engines that are imported only when they are chosen."""
    for node in ast.walk(repository.tree(init)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value:
            module, _, name = node.value.partition(" [")[0].partition(":")
            if not name.isidentifier():
                continue  # a sentence
            path = repository.modules(module).get(module)
            body = repository.tree(path).body if path else []
            if name not in {part.name for part in body if isinstance(part, ast.ClassDef)}:
                yield Violation(path=init, line=node.lineno, says=f"{node.value} does not exist")


def _registered(repository: Repository, path: str) -> set[str] | None:
    """Return the modules that ALL names something of; None for a file without it."""
    for node in repository.tree(path).body:
        match node:
            case (
                ast.AnnAssign(target=ast.Name(id="ALL"), value=ast.expr() as value)
                | ast.Assign(targets=[ast.Name(id="ALL")], value=value)
            ):
                names = {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}
                texts = {str(part.value) for part in ast.walk(value) if isinstance(part, ast.Constant)}
                modules = {found.module for found in repository.imports(path) if found.name in names}
                return modules | {text.partition(":")[0] for text in texts}
    return None


def _is_seam(repository: Repository, path: str) -> bool:
    """Tell whether a file says what the others are: it defines a Protocol."""
    return any(
        isinstance(node, ast.ClassDef) and any(ast.unparse(base).startswith("Protocol") for base in node.bases)
        for node in repository.tree(path).body
    )


EVERY_FILE_IS_REGISTERED: Final = Rule(
    name="every file of a growing folder is registered",
    check=_check,
    plants=(
        plant("custom_components/athena/brain/scenes/planted.py", "PLANTED = 1\n"),
        plant("custom_components/athena/sources/planted.py", "class Planted:\n    pass\n"),
        plant("custom_components/athena/outputs/__init__.py", "from .lights import LightsOutput\n"),
        plant(
            "custom_components/athena/outputs/planted.py",
            "class Planted:\n    pass\n",
            **{"custom_components/athena/outputs/__init__.py": "from .planted import Planted\nALL = ()\n"},
        ),
        plant(
            "wyoming_servers/athena_voice/planted/b.py",
            "class B:\n    pass\n",
            **{"wyoming_servers/athena_voice/planted/__init__.py": "ALL = {'a': 'athena_voice.planted.a:A'}\n"},
            **{"wyoming_servers/athena_voice/planted/a.py": "class A:\n    pass\n"},
        ),
        plant(
            "wyoming_servers/athena_voice/planted/__init__.py",
            "ALL = {'a': 'athena_voice.planted.a:Other [planted]'}\n",
            **{"wyoming_servers/athena_voice/planted/a.py": "class A:\n    pass\n"},
        ),
    ),
)
