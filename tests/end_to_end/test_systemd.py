"""A satellite that is killed under systemd."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from script.house import voice
from script.house.house import ROOT, House
from script.house.microphone import Microphone
from script.house.ports import spare
from script.house.processes import until
from script.house.recording import Recording
from script.house.satellite import Satellite

from .systemd import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_home_assistant_dials_a_killed_satellite_without_10_s_more(
    house: House, short_request: Recording, tmp_path: Path
) -> None:
    """3 s after the end of the connection, and not 13: see docs/voice.md."""
    port = spare()
    satellite = Satellite(
        "Desk satellite",
        area="Bedroom",
        root=ROOT,
        ports=house.ports,
        port=port,
        folder=tmp_path,
        log=tmp_path / "satellite.log",
    )
    satellite.prepare()
    microphone = Microphone(satellite, house.processes)
    async with service(satellite.process.command, tmp_path) as desk, house.home_assistant.client() as client:
        await until("the satellite answering", partial(voice.answers, port), within=60)
        entry = await voice.add(client, port)
        try:
            await microphone.until_step("listening", datetime.now(UTC) - timedelta(minutes=1))
            killed_at = datetime.now(UTC)
            await desk.kill()
            await desk.start()
            listening = await microphone.until_step("listening", killed_at)
            assert listening.at < killed_at + timedelta(seconds=13)
            assert "played" in {step.name for step in await microphone.turn(short_request)}
        finally:
            await client.delete(f"/api/config/config_entries/entry/{entry}")
