"""Wires one satellite."""

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from .clips import Clips
from .conductor import Conductor
from .errors import SettingsError
from .home_assistant import HomeAssistant, Patience
from .information import information
from .microphones import Stage
from .microphones import create as create_microphone
from .player import Player
from .ring import Ring
from .settings import Settings
from .speakers import create as create_speaker
from .supervise import supervise
from .trace import Trace
from .uplink import Uplink
from .wake import WakeClient

if TYPE_CHECKING:
    from . import events

_LOGGER = logging.getLogger(__name__)

_RING_SECONDS: Final = 10.0


async def run(settings: Settings, patience: Patience | None = None) -> None:
    """Be a satellite until cancelled.

    Raises SettingsError and AddressError before anything runs; afterwards whatever goes away is waited for.
    """
    try:
        trace = Trace.open(settings.trace)
    except OSError as err:
        raise SettingsError(f"{settings.trace} cannot be written: {err.strerror}") from err
    try:
        await _run(settings, Stage(trace=trace), patience)
    finally:
        trace.close()


async def _run(settings: Settings, stage: Stage, patience: Patience | None) -> None:
    inbox: asyncio.Queue[events.Event] = asyncio.Queue()
    ring = Ring(_RING_SECONDS)
    microphone = create_microphone(settings.microphone, stage)
    clips = Clips(settings.tts)
    player = Player(create_speaker(settings.speaker), clips, inbox.put_nowait)
    wake = WakeClient(address=settings.wake, wake_word=settings.wake_word, ring=ring, tell=inbox.put_nowait)
    home = HomeAssistant(info=lambda: information(settings, wake.model), tell=inbox.put_nowait, patience=patience)
    uplink = Uplink(home=home, ring=ring, pre_roll_seconds=settings.pre_roll_seconds, trace=stage.trace)
    conductor = Conductor(inbox=inbox, wake=wake, uplink=uplink, player=player, stage=stage)
    async with home.serving(settings.address) as address, asyncio.TaskGroup() as tasks:
        _LOGGER.info("athena-satellite listening on %s", address)
        tasks.create_task(conductor.run())
        tasks.create_task(supervise(f"Wake word server {settings.wake}", wake.run))
        tasks.create_task(supervise(f"Text-to-speech server {settings.tts}", clips.run))
        tasks.create_task(supervise(f"Speaker {settings.speaker}", player.run))
        tasks.create_task(supervise(f"Microphone {settings.microphone}", lambda up: microphone.run(ring.append, up)))
