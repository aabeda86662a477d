"""The process that decodes: it may be killed at any time."""

import logging
import os
import signal
from pathlib import Path

import pytest
from wyoming.asr import Transcript

from athena_voice.stt.engines import home
from athena_voice.stt.engines.home import HomeEngine
from athena_voice.stt.service import SttService

from ..conftest import AUDIO, Serving, recording, until
from .home import vocabulary
from .peer import HomeAssistantPeer
from .test_service import LAMP, transcript


def _process(service: SttService) -> int:
    engine = service._engine
    assert isinstance(engine, HomeEngine)
    assert engine._process is not None
    return engine._process.pid


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_killed_process_is_started_again_and_loses_no_utterance(
    serving: Serving, token_file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "_RESTART_SECONDS", 0.01)
    caplog.set_level(logging.INFO)
    peer = HomeAssistantPeer(vocabulary())
    said = recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav")
    async with peer.up():
        service = SttService(home_assistant=peer.url, token_file=token_file)
        async with serving(service) as server, server.client() as client:
            await until(lambda: service.sentences > 0)
            first = _process(service)
            os.kill(first, signal.SIGSTOP)  # it holds the utterance when it is killed
            await client.play(said)
            await until(lambda: bool(service._engine._answers))  # type: ignore[attr-defined]
            os.kill(first, signal.SIGKILL)
            assert Transcript.from_event(await client.receive()).text == LAMP
            assert await transcript(client, said) == LAMP
            second = _process(service)
    assert first != second
    assert not _exists(second)
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors == ["the recogniser's process ended (status -9); it is started again"]
