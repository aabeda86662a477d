"""A task, and what an entry keeps, ends with its owner."""

import ast
from collections.abc import Iterator
from typing import Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

FOLDERS: Final = ("custom_components", "satellite/athena_satellite", "script", "wyoming_servers/athena_voice")

# How a forbidden use ends, and what to use.
INSTEAD: Final = {
    "asyncio.create_task": "a TaskGroup, or await it in a finally",
    "asyncio.ensure_future": "a TaskGroup",
    "loop.create_task": "a TaskGroup",
    "hass.async_create_background_task": "entry.async_create_background_task",
    "hass.async_create_task": "entry.async_create_background_task",
    "hass.data": "entry.runtime_data",
}

OF_OTHERS: Final = {
    ("custom_components/athena/agent/secrecy.py", "hass.data"),
    ("script/house/day/day_clock/__init__.py", "hass.data"),
}
"""What is Home Assistant's own there, and has no other way to it: the debug views of its assistants, and its timers."""


def _check(repository: Repository) -> Iterator[Violation]:
    for folder in FOLDERS:
        for path in repository.under(folder):
            awaited = _awaited(repository.tree(path))
            for use in repository.references(path):
                for ending, instead in INSTEAD.items():
                    if (path, ending) in OF_OTHERS:
                        continue
                    if f".{use.dotted}".endswith(f".{ending}") and use.line not in awaited:
                        yield Violation(path=path, line=use.line, says=f"{use.dotted}: use {instead}")


def _awaited(tree: ast.Module) -> set[int]:
    """Return the lines that name a task which the same function awaits in a `finally`: a generator's way."""
    lines = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.AsyncFunctionDef):
            last = [node for block in ast.walk(function) if isinstance(block, ast.Try) for node in block.finalbody]
            awaits = [node for end in last for node in ast.walk(end) if isinstance(node, ast.Await)]
            names = {part.id for found in awaits for part in ast.walk(found) if isinstance(part, ast.Name)}
            for node in ast.walk(function):
                match node:
                    case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()) if name in names:
                        lines.add(node.lineno)
    return lines


NOTHING_OUTLIVES_ITS_OWNER: Final = Rule(
    name="nothing outlives its owner",
    check=_check,
    plants=(
        plant("satellite/athena_satellite/planted.py", "import asyncio\nasyncio.create_task(f())\n"),
        plant(
            "satellite/athena_satellite/planted.py",
            "async def f():\n    task = asyncio.create_task(g())\n    await task\n",
        ),
        plant("custom_components/athena/planted.py", "def f(self):\n    self.hass.async_create_task(f())\n"),
        plant("custom_components/athena/planted.py", "def f(hass):\n    hass.data['athena'] = 1\n"),
    ),
)
