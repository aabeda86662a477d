"""Wires one satellite."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Final

from .clips import Clips
from .conductor import Conductor
from .errors import SettingsError
from .home_assistant import HomeAssistant, Patience
from .information import information
from .memory import Memory
from .microphones import Stage
from .microphones import create as create_microphone
from .player import Player
from .ring_buffer import RingBuffer
from .settings import Settings
from .speakers import create as create_speaker
from .supervise import supervise
from .trace import Trace
from .turn import events
from .turn.policy import Policy
from .turn.turns import Turns
from .uplink import Uplink
from .wake import WakeClient

_LOGGER = logging.getLogger(__name__)

_RING_SECONDS: Final = 10.0

_WORKERS: Final = 1
"""Threads for files, of which there are few. Each one that asyncio may begin in its time keeps megabytes of its own."""

_WRITE_AGAIN_SECONDS: Final = 30.0
"""A full disk stays full for a while."""


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
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_WORKERS))
    inbox: asyncio.Queue[events.Event] = asyncio.Queue()
    tell = inbox.put_nowait
    memory = Memory(settings.memory)
    remembered = memory.recall()
    ring = RingBuffer(_RING_SECONDS)
    microphone = create_microphone(settings.microphone, stage)
    clips = Clips(settings.tts)
    player = Player(create_speaker(settings.speaker), clips, tell)
    wake = WakeClient(address=settings.wake, wake_word=settings.wake_word, ring=ring, tell=tell)
    home = HomeAssistant(info=lambda: information(settings, wake.model), tell=tell, room=player.room, patience=patience)
    uplink = Uplink(home=home, ring=ring, pre_roll_seconds=settings.pre_roll_seconds, trace=stage.trace)
    conductor = Conductor(
        turns=Turns(_policy(settings), muted=remembered.muted),
        inbox=inbox,
        ring=ring,
        wake=wake,
        uplink=uplink,
        player=player,
        clips=clips,
        memory=memory,
        stage=stage,
    )
    for fact in remembered.facts:
        tell(fact)
    async with home.serving(settings.address) as address, asyncio.TaskGroup() as tasks:
        _LOGGER.info("athena-satellite listening on %s", address)
        _LOGGER.info("Waiting for Home Assistant to dial %s", address)
        with _buttons(tell):
            tasks.create_task(conductor.run())
            if not settings.remote_wake:
                tasks.create_task(supervise(f"Wake word server {settings.wake}", wake.run, greeted=True))
            tasks.create_task(supervise(f"Text-to-speech server {settings.tts}", clips.run, greeted=True))
            tasks.create_task(supervise(f"Speaker {settings.speaker}", player.run))
            tasks.create_task(supervise("Memory", memory.run, retry_seconds=_WRITE_AGAIN_SECONDS))
            tasks.create_task(
                supervise(f"Microphone {settings.microphone}", lambda up: microphone.run(ring.append, up))
            )
            await asyncio.Event().wait()


def _policy(settings: Settings) -> Policy:
    return Policy(
        follow_ups=settings.follow_ups,
        ring_seconds=settings.ring_seconds,
        remote_wake=settings.remote_wake,
        heard_chime=settings.heard_chime,
        announcement_chime=settings.announcement_chime,
    )


@contextmanager
def _buttons(tell: Callable[[events.Event], None]) -> Iterator[None]:
    """Let SIGUSR1 switch the microphone off and on again, and SIGUSR2 stop what sounds.

    A button's script, a key binding or `systemctl kill -s USR1` needs nothing more than that.
    """
    loop = asyncio.get_running_loop()
    facts: dict[signal.Signals, events.Event] = {signal.SIGUSR1: events.MuteToggled(), signal.SIGUSR2: events.Hushed()}
    for number, fact in facts.items():
        loop.add_signal_handler(number, partial(tell, fact))
    try:
        yield
    finally:
        for number in facts:
            loop.remove_signal_handler(number)
