"""The log of the command: its form, whose work a line is of, and what it never says."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from wyoming.audio import AudioStop
from wyoming.tts import Synthesize
from wyoming.wake import Detect

from athena_voice.tts.service import TtsService

from .bad_input.kinds import COMMAND, KINDS, transcribe, until_able, wake_word
from .command import ANYWHERE, running
from .conftest import Serving


async def wakes_twice(form: str) -> list[str]:
    """Return the log of a wake word server that a client has made hear two words, the first in its own turn."""
    async with running("wake", *ANYWHERE, "--log-format", form) as started:
        client = await started.client()
        for context in ({"turn": "kitchen-7"}, None):
            await client.send(Detect(names=["hey_jarvis"], context=context))
            await client.speak(wake_word())
            await client.send(AudioStop())
            await client.receive()
        await client.close()
        started.process.terminate()
        return (await started.ended()).err.splitlines()


async def test_each_line_is_a_json_object_that_tells_turn_and_client() -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in await wakes_twice("json")]
    for line in lines:
        assert {"at", "level", "logger", "message"} <= line.keys()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["at"])
    given, made = [line for line in lines if "detected" in line["message"]]
    assert given["turn"] == "kitchen-7"
    assert re.fullmatch(r"[0-9a-f]{8}", made["turn"])
    assert given["client"] == made["client"]
    assert given["client"].startswith("127.0.0.1:")
    (listening,) = [line for line in lines if "listening" in line["message"]]
    assert not {"turn", "client"} & listening.keys(), "it is of no client"


async def test_each_line_of_text_tells_turn_and_client() -> None:
    lines = [line for line in await wakes_twice("text") if "detected" in line]
    assert re.search(r" INFO athena_voice\.wake\.\w+ \[kitchen-7 127\.0\.0\.1:\d+\]: hey_jarvis: detected", lines[0])
    assert re.search(r" \[[0-9a-f]{8} 127\.0\.0\.1:\d+\]: ", lines[1])


async def test_what_people_say_is_in_no_line_that_is_logged_by_default(
    serving: Serving, token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "The safe is behind the painting"
    with caplog.at_level(logging.INFO):
        async with KINDS["stt"].make(token_file) as service, serving(service) as server, server.client() as client:
            await until_able(service)
            await transcribe(client)
        async with serving(TtsService(engine="espeak")) as server, server.client() as client:
            await client.send(Synthesize(text=f"{secret}."))
            while not AudioStop.is_type((await client.receive()).type):
                pass
            await client.send_raw(json.dumps({"type": "synthesize", "data": {"text": [secret]}}).encode() + b"\n")
            await client.receive()
    assert "is ready" in caplog.text
    for words in (COMMAND, secret, "painting"):
        assert words not in caplog.text
