"""Brings facts to the turn, one at a time, and carries out what it decides."""

import asyncio
import logging

from .clips import Clips
from .countdowns import Countdowns
from .memory import Memory
from .microphones import Stage
from .player import Player
from .ring_buffer import RingBuffer
from .turn import commands, events
from .turn.states import Deadline
from .turn.turns import Turns
from .uplink import Uplink
from .wake import WakeClient

_LOGGER = logging.getLogger(__name__)


class Conductor:
    """Holds the turn and its clock."""

    def __init__(
        self,
        *,
        turns: Turns,
        inbox: asyncio.Queue[events.Event],
        ring: RingBuffer,
        wake: WakeClient,
        uplink: Uplink,
        player: Player,
        clips: Clips,
        memory: Memory,
        stage: Stage,
    ) -> None:
        self._turns = turns
        self._inbox = inbox
        self._ring = ring
        self._wake = wake
        self._uplink = uplink
        self._player = player
        self._clips = clips
        self._memory = memory
        self._countdowns = Countdowns(inbox.put_nowait)
        self._stage = stage
        ring.muted = turns.muted

    async def run(self) -> None:
        """Conduct until cancelled."""
        try:
            await self._conduct()
        finally:
            self._countdowns.stop()

    async def _conduct(self) -> None:
        deadline: Deadline | None = None
        due: float | None = None
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._tell_who_listens()
                event = await self._next(deadline, due)
                for command in self._turns.handle(event):
                    await self._carry_out(command, tasks)
                if self._turns.deadline is not deadline:
                    deadline = self._turns.deadline
                    due = None if deadline is None else asyncio.get_running_loop().time() + deadline.seconds

    def _tell_who_listens(self) -> None:
        if self._turns.wake_word_wanted:
            self._wake.listen()
        else:
            self._wake.rest()
        if not self._turns.listening:
            self._stage.listening.clear()
        elif not self._stage.listening.is_set():
            self._stage.listening.set()
            self._stage.trace.write("listening", None)

    async def _next(self, deadline: Deadline | None, due: float | None) -> events.Event:
        """Return the next fact, or that the deadline passed: also when facts come without end."""
        if deadline is None or due is None:
            return await self._inbox.get()
        if due > asyncio.get_running_loop().time():
            try:
                async with asyncio.timeout_at(due):
                    return await self._inbox.get()
            except TimeoutError:
                pass
        return events.Elapsed(deadline=deadline.number)

    async def _carry_out(self, command: commands.Command, tasks: asyncio.TaskGroup) -> None:
        match command:
            case commands.Note():
                self._note(command)
            case commands.KeepTimers():
                self._countdowns.keep(command.timers)
                self._clips.keep(command.lines, command.turn)
                self._memory.keep_timers((*command.timers, *command.ringing))
            case commands.KeepMute():
                self._ring.muted = command.muted
                self._memory.keep_mute(muted=command.muted)
            case commands.Play() | commands.Feed() | commands.FinishPlaying() | commands.StopPlaying():
                self._play(command)
            case commands.Say() | commands.Acknowledge() | commands.Ring():
                self._sound(command)
            case _:
                await self._wire(command, tasks)

    async def _wire(self, command: commands.Wire, tasks: asyncio.TaskGroup) -> None:
        match command:
            case commands.StartStreaming():
                self._uplink.start(command, tasks)
            case commands.StartWaking():
                self._uplink.wake(command, tasks)
            case commands.StopStreaming():
                await self._uplink.stop()
            case commands.AbandonPipeline():
                await self._uplink.abandon()
            case commands.SendPlayed():
                await self._uplink.played()

    def _sound(self, command: commands.Own) -> None:
        match command:
            case commands.Say():
                self._player.say(command.playback, command.line)
            case commands.Acknowledge():
                self._player.acknowledge(command.playback)
            case commands.Ring():
                self._player.ring(command.playback, command.lines)

    def _play(self, command: commands.Playing) -> None:
        match command:
            case commands.Play():
                self._player.play(command.playback, command.form, chime=command.chime)
            case commands.Feed():
                self._player.feed(command.playback, command.audio)
            case commands.FinishPlaying():
                self._player.finish(command.playback)
            case commands.StopPlaying():
                self._player.stop(command.playback)

    def _note(self, note: commands.Note) -> None:
        self._stage.trace.write(note.step, note.turn, **note.details)
        if note.step == "error":
            _LOGGER.warning("turn %s: %s: %s", note.turn or "-", note.details["code"], note.details["text"])
        elif note.step == "spoken":
            _LOGGER.info("turn %s: says: %s", note.turn or "-", note.details["text"])
        else:
            _LOGGER.info("turn %s: %s", note.turn or "-", note.step)  # what was said is nobody's business
