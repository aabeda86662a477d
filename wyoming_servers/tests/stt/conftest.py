"""A speech-to-text server that has learned a home from a peer that speaks as Home Assistant does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from athena_voice.stt.service import SttService

from ..conftest import Running, Serving, until
from .home import vocabulary
from .peer import TOKEN, HomeAssistantPeer


@pytest.fixture(scope="module")
def token_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stt") / "token"
    path.write_text(f"{TOKEN}\n")
    return path


@pytest.fixture(scope="module")
async def server(serving: Serving, token_file: Path) -> AsyncIterator[Running]:
    """Serve, once the home is known."""
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up():
        service = SttService(home_assistant=peer.url, token_file=token_file)
        async with serving(service) as running:
            await until(lambda: service.sentences > 0)
            yield running
