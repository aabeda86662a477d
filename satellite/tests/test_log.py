"""What a satellite says to its log."""

import logging
from pathlib import Path

import pytest

from athena_satellite.turn.phrases import Line
from tests.conftest import House, living, until
from tests.peers import TtsServer, WakeServer
from tests.test_satellite import COMMAND, messages, one_turn


async def test_a_satellite_on_its_own_tells_whom_it_reached_and_what_it_says(
    wake: WakeServer, tts: TtsServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with living(wake, tts, tmp_path) as house:
        await until(lambda: len(house.tts.texts) == len(Line), "the clips")
        await until(lambda: house.wake.streams == 1, "the wake word server hears")
        house.say(COMMAND)
        await house.spoken(Line.OFFLINE)
        turn = house.steps("spoken")[0]["turn"]
        await until(lambda: messages(caplog, f"turn {turn}: says: I'm offline."), "the log")
    assert messages(caplog, "Wake word server") == [f"Wake word server {wake.address} is connected"]
    assert messages(caplog, "Text-to-speech server") == [f"Text-to-speech server {tts.address} is connected"]
    assert messages(caplog, "Waiting") == [f"Waiting for Home Assistant to dial {house.settings.address}"]


async def test_the_log_lines_of_a_turn_bear_its_id(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with house.home() as home:
        await one_turn(house, home)
    turn = house.steps("end")[0]["turn"]
    assert [text.removeprefix(f"turn {turn}: ") for text in messages(caplog, f"turn {turn}: ")][:2] == [
        "wake",
        "voice_started",
    ]
    assert "turn on the lamp" not in caplog.text  # what people say is not logged
