"""Somebody is woken. After the test of the welcome, since waking lights the room."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from custom_components.athena.audio.clips import render_clips
from script.house.home import MOTION
from script.house.house import House
from script.house.processes import until

from .sounds import frames

pytestmark = pytest.mark.asyncio(loop_scope="session")

EMPTY: Final = {"room": "living_room", "state": "empty"}


async def test_an_alarm_that_was_set_is_heard_by_chime_and_line_until_it_is_stopped(
    house: House, tmp_path: Path
) -> None:
    for name, clip in render_clips().items():
        (tmp_path / name).write_bytes(clip)
    ladder = [frames(file) for file in tmp_path.glob("alarm-*.wav")]
    size, clips = len(ladder[0]), set(ladder)
    async with house.home_assistant.client() as client:
        began_at = datetime.now(UTC)
        await client.post("/api/services/input_boolean/turn_off", {"entity_id": MOTION["living_room"]})
        await client.post("/api/services/athena/set_room_state?return_response", EMPTY)
        zone = ZoneInfo((await client.get("/api/config"))["time_zone"])
        rings_at = (began_at + timedelta(seconds=8)).astimezone(zone).strftime("%H:%M:%S")
        alarm = {"room": "living_room", "time": rings_at, "app_stop_ok": True}
        await client.post("/api/services/athena/set_alarm?return_response", alarm)
        try:

            async def heard() -> list[bytes] | None:
                audio = [frames(file) for file in house.microphone.played(began_at)]
                chimes = [at for at, each in enumerate(audio) if each[-size:] in clips]
                return audio[chimes[0] + 1 :] or None if chimes else None

            line = (await until("a chime and then a line", heard, within=60))[0]
        finally:
            stop = {"room": "living_room", "confirmation": True}
            await client.post("/api/services/athena/stop_alarm?return_response", stop)
    assert line[-size:] not in clips
    assert any(line)
