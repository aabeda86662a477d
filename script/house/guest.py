"""A further satellite in the house, for a while."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from . import voice
from .device import Device
from .house import House
from .microphone import Microphone
from .ports import spare
from .processes import until
from .satellite import Satellite
from .settings import ROOT

_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """What is needed of it."""

    satellite: Satellite
    microphone: Microphone
    device: Device


@asynccontextmanager
async def guest(house: House, name: str, *options: str | Path, area: str) -> AsyncIterator[Guest]:
    """Start a satellite, add it to Home Assistant as a person would, and return it once it listens."""
    began_at = datetime.now(UTC)
    key = name.lower().replace(" ", "-")
    port = spare()
    satellite = Satellite(
        name,
        area=area,
        root=ROOT,
        ports=house.ports,
        port=port,
        folder=house.logs.parent / key,
        log=house.logs / f"{key}.log",
        options=options,
    )
    satellite.prepare()
    await satellite.process.start()
    try:
        await until(f"{name} answering", partial(voice.answers, port), within=_START_SECONDS)
        async with house.home_assistant.client() as client:
            entry = await voice.add(client, port)
            try:
                microphone = Microphone(satellite, [*house.processes, satellite.process])
                await microphone.until_step("listening", began_at)
                yield Guest(satellite=satellite, microphone=microphone, device=Device(client, entry))
            finally:
                await client.delete(f"/api/config/config_entries/entry/{entry}")
    finally:
        await satellite.process.stop()
