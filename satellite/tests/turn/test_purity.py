"""The turn has no clock and does nothing itself, so that an evening is a list of facts."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from athena_satellite import turn

FILES: Final = sorted(Path(path) for folder in turn.__path__ for path in Path(folder).glob("*.py"))
PURE: Final = {"athena_satellite.audio", "collections", "collections.abc", "dataclasses", "enum", "functools", "typing"}


def imported(source: str) -> Iterator[str]:
    """Every module that a file imports from outside its own folder."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level != 1:
            yield node.module or "."


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_turn_imports_nothing_that_waits_or_acts(path: Path) -> None:
    assert set(imported(path.read_text("utf-8"))) <= PURE


@pytest.mark.parametrize("line", ["import asyncio", "from time import sleep", "from ..player import Player"])
def test_a_clock_or_a_deed_would_be_noticed(line: str) -> None:
    assert not set(imported(line)) <= PURE
