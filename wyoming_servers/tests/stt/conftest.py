"""A speech-to-text server that has learned a home from a peer that speaks as Home Assistant does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from athena_voice.audio import Samples
from athena_voice.stt.service import SttService

from ..conftest import AUDIO, Running, Serving, recording, until
from .home import vocabulary
from .peer import HomeAssistantPeer
from .running_whisper import SAID
from .tiny_whisper import make


@pytest.fixture(scope="module")
async def server(serving: Serving, token_file: Path) -> AsyncIterator[Running]:
    """Serve, once the home is known."""
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up():
        service = SttService(home_assistant=peer.url, token_file=token_file)
        async with serving(service) as running:
            await until(lambda: service.sentences > 0)
            yield running


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    make(folder / "tiny", SAID)
    make(folder / "quiet", "Thank you.", quiet=True)
    make(folder / "unsure", SAID, sure=6.0)
    make(folder / "rather_sure", SAID, sure=8.0)
    make(folder / "endless", SAID, endless=True)
    make(folder / "punctuation", ". ...")
    make(folder / "multilingual", SAID, multilingual=True)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("home") / "home.yaml"
    path.write_text("language: en\nentities:\n  - {name: Lamp, domain: light}\n")
    return path


@pytest.fixture(scope="module")
def speech() -> Samples:
    return recording(AUDIO / "slt_turn_off_the_lights.wav").samples
