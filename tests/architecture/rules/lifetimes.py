"""A task, and what an entry keeps, ends with its owner."""

from collections.abc import Iterator
from typing import Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

FOLDERS: Final = ("custom_components", "satellite/athena_satellite", "script", "wyoming_servers/athena_voice")

# How a forbidden use ends, and what to use.
INSTEAD: Final = {
    "asyncio.create_task": "a TaskGroup",
    "asyncio.ensure_future": "a TaskGroup",
    "loop.create_task": "a TaskGroup",
    "hass.async_create_background_task": "entry.async_create_background_task",
    "hass.async_create_task": "entry.async_create_background_task",
    "hass.data": "entry.runtime_data",
}


def _check(repository: Repository) -> Iterator[Violation]:
    for folder in FOLDERS:
        for path in repository.under(folder):
            for use in repository.references(path):
                for ending, instead in INSTEAD.items():
                    if f".{use.dotted}".endswith(f".{ending}"):
                        yield Violation(path=path, line=use.line, says=f"{use.dotted}: use {instead}")


NOTHING_OUTLIVES_ITS_OWNER: Final = Rule(
    name="nothing outlives its owner",
    check=_check,
    plants=(
        plant("satellite/athena_satellite/planted.py", "import asyncio\nasyncio.create_task(f())\n"),
        plant("custom_components/athena/planted.py", "def f(self):\n    self.hass.async_create_task(f())\n"),
        plant("custom_components/athena/planted.py", "def f(hass):\n    hass.data['athena'] = 1\n"),
    ),
)
