"""The three servers with short deadlines, each started once for a file of tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from athena_voice.bounds import Bounds

from ..conftest import Serving
from .kinds import KINDS, Server, until_able

BOUNDS = Bounds(event_seconds=1.0, write_seconds=1.0, last_words_seconds=0.5)


@pytest.fixture(scope="module", params=KINDS)
async def server(request: pytest.FixtureRequest, serving: Serving, token_file: Path) -> AsyncIterator[Server]:
    """Serve, each of the three in turn."""
    kind = KINDS[request.param]
    async with kind.make(token_file) as service, serving(service, bounds=BOUNDS) as running:
        await until_able(service)
        yield Server(kind=kind, running=running, service=service)
