"""Speaking into the house, and gathering what that does."""

import itertools
import shutil
from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from .client import Client, Event, Socket
from .errors import RecordingError
from .home import own_entities
from .processes import Process, until
from .recording import Recording, is_sound, write_silence
from .satellite import Satellite
from .trace import Step, Trace
from .turn import Evidence, Spoken, Turn, turns_of
from .voice import pipeline_id, runs

_GAP_SECONDS: Final = 1.0
_WAKE_SECONDS: Final = 2.0
"""How long after the last sound a wake word may still be found."""

_TURN_SECONDS: Final = 90.0


class Microphone:
    """The satellite's microphone, and everything that hears of what is said into it."""

    def __init__(self, satellite: Satellite, processes: Sequence[Process]) -> None:
        self.trace = Trace(satellite.trace)
        self._satellite = satellite
        self._processes = processes
        self._numbers = itertools.count(1)

    async def say(self, client: Client, recordings: Sequence[Recording]) -> list[Turn]:
        """Speak recordings, a second of silence between two; return the turns once all of them have ended."""
        async with client.websocket() as socket:
            entities = await own_entities(socket)
            for event_type in ("call_service", "state_changed"):
                await socket.subscribe(event_type)
            began_at = datetime.now(UTC)
            spoken = await self.speak(recordings)
            await self.until_quiet(began_at, spoken[-1].ended_at)
            events = await socket.events()
            return turns_of(
                Evidence(
                    spoken=spoken,
                    steps=self.trace.since(began_at),
                    runs=await runs(socket, await pipeline_id(socket), began_at),
                    calls=[event.at for event in events if event.type == "call_service"],
                    changes=[event for event in events if _is_change(event, entities)],
                    intents=await _intents(socket, began_at),
                    sounds=self.sounds(began_at),
                )
            )

    async def speak(self, recordings: Sequence[Recording]) -> list[Spoken]:
        """Speak recordings, a second of silence between two; return when the last one has begun.

        Raises RecordingError as soon as the satellite refuses one.
        """
        files = self._put(recordings)
        steps = await until(
            "the microphone taking the recordings",
            lambda: self._taken(files),
            within=sum(recording.seconds + _GAP_SECONDS for recording in recordings) + _TURN_SECONDS,
            processes=self._processes,
        )
        return [
            Spoken(recording=recording, began_at=step.at) for recording, step in zip(recordings, steps, strict=True)
        ]

    async def turn(self, recording: Recording) -> list[Step]:
        """Speak one recording, and return the satellite's steps until the turn that it began has ended.

        Without a wake word in it, those until none can be found any more.
        """
        began_at = datetime.now(UTC)
        [spoken] = await self.speak([recording])
        hopeless_at = spoken.ended_at + timedelta(seconds=_WAKE_SECONDS)

        async def over() -> bool | None:
            steps = self.trace.since(began_at)
            wake = next((step for step in steps if step.name == "wake"), None)
            if wake is None:
                return True if datetime.now(UTC) > hopeless_at else None
            return any(step.name == "end" and step.turn == wake.turn for step in steps) or None

        await until("the end of the turn", over, within=recording.seconds + _TURN_SECONDS, processes=self._processes)
        return self.trace.since(began_at)

    async def until_quiet(self, since: datetime, ended_at: datetime) -> None:
        """Wait until the sound has ended and every turn since then has too."""
        quiet_at = ended_at + timedelta(seconds=_WAKE_SECONDS)

        async def quiet() -> bool | None:
            steps = self.trace.since(since)
            ended = {step.turn for step in steps if step.name == "end"}
            running = any(step.turn not in ended for step in steps if step.name == "wake")
            return None if running or datetime.now(UTC) < quiet_at else True

        within = (quiet_at - datetime.now(UTC)).total_seconds() + _TURN_SECONDS
        await until("the end of the turn", quiet, within=within, processes=self._processes)

    async def until_step(self, name: str, since: datetime, within: float = _TURN_SECONDS) -> Step:
        """Wait for a step of the satellite's trace, and return the first one from `since` on."""

        async def step() -> Step | None:
            return next((step for step in self.trace.since(since) if step.name == name), None)

        return await until(f"the satellite's {name!r}", step, within=within, processes=self._processes)

    def played(self, since: datetime) -> dict[Path, datetime]:
        """Return what the speaker has played from `since` on, in order, and when each ended."""
        ended = {
            file: datetime.fromtimestamp(file.stat().st_mtime, UTC)
            for file in sorted(self._satellite.speaker.glob("*.wav"))
        }
        return {file: at for file, at in ended.items() if at >= since}

    def sounds(self, since: datetime) -> list[datetime]:
        """Return when the speaker had played something that was more than silence, from `since` on."""
        return [at for file, at in self.played(since).items() if is_sound(file)]

    def _put(self, recordings: Sequence[Recording]) -> list[Path]:
        """Put recordings where the microphone finds them, complete and in order; return them without the pauses."""
        number = next(self._numbers)
        draft = self._satellite.microphone.with_name("draft.wav")
        files = []
        for index, recording in enumerate(recordings):
            if index:
                write_silence(draft, _GAP_SECONDS)
                draft.rename(self._satellite.microphone / f"{number:04}-{index:02}-a-pause.wav")
            shutil.copyfile(recording.path, draft)
            file = self._satellite.microphone / f"{number:04}-{index:02}-b-{recording.path.name}"
            draft.rename(file)
            files.append(file)
        return files

    async def _taken(self, files: Sequence[Path]) -> list[Step] | None:
        for file in files:
            if file.with_name(f"{file.name}.rejected").exists():
                raise RecordingError(f"the satellite refused {file.name}{self._satellite.process.last_words()}")
        began = {step.details["file"]: step for step in self.trace.steps if step.name == "microphone"}
        return [began[str(file)] for file in files] if all(str(file) in began for file in files) else None


async def _intents(socket: Socket, since: datetime) -> list[tuple[datetime, str]]:
    """Return when which intent was understood, from Home Assistant's logs of its conversations."""
    await socket.command("conversation/chat_log/subscribe_index")
    logs = [log for note in await socket.notes() if isinstance(note.get("data"), list) for log in note["data"]]
    calls = [
        (datetime.fromisoformat(content["created"]), str(call["tool_name"]))
        for log in logs
        for content in log["content"]
        for call in content.get("tool_calls") or ()
    ]
    return sorted(call for call in calls if call[0] >= since)


def _is_change(event: Event, entities: Container[str]) -> bool:
    """Return whether an entity of the home changed its state, or its light."""
    if event.type != "state_changed" or event.data["entity_id"] not in entities:
        return False
    old, new = event.data["old_state"], event.data["new_state"]
    if old is None or new is None:
        return False
    if old["state"] != new["state"]:
        return True
    looks = [[state["attributes"].get(name) for name in ("brightness", "rgb_color")] for state in (old, new)]
    return bool(looks[0] != looks[1])
