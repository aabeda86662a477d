"""One turn, put together from what the satellite, Home Assistant's pipeline and its states tell of it."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .client import Event
from .recording import Recording
from .trace import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A recording that went into the microphone."""

    recording: Recording
    began_at: datetime
    """When its first sample went in, aware UTC."""

    @property
    def ended_at(self) -> datetime:
        """When its last sample went in."""
        return self.began_at + timedelta(seconds=self.recording.seconds)

    @property
    def first_syllable_at(self) -> datetime:
        """When speech began; the beginning of a recording without any."""
        return self.began_at + timedelta(seconds=self.recording.speech[0] if self.recording.speech else 0.0)

    @property
    def last_syllable_at(self) -> datetime:
        """When speech ended; the end of a recording without any."""
        return self.began_at + timedelta(
            seconds=self.recording.speech[1] if self.recording.speech else self.recording.seconds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When the steps of a turn happened, aware UTC; None for what did not happen. In the order of the table."""

    wake: datetime | None = None
    end_of_speech: datetime | None = None
    transcript: datetime | None = None
    intent: datetime | None = None
    deed: datetime | None = None
    first_audio: datetime | None = None
    total: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one spoken request did."""

    first_syllable_at: datetime
    last_syllable_at: datetime | None
    """When the request's speech ended; None when the turn ended before it."""

    times: Times
    wake_word: str | None = None
    transcript: str | None = None
    intent: str | None = None
    changed: tuple[str, ...] = ()
    """Ids of the entities that changed their state or their light, in order."""

    reply: str | None = None
    """What was said, by Home Assistant or by the satellite on its own."""

    audible: bool = False
    """Whether the speaker got more than silence."""

    error: str | None = None
    """What the pipeline says went wrong."""

    def ms(self, at: datetime | None) -> int | None:
        """Return a moment as milliseconds since the first syllable."""
        return None if at is None else round((at - self.first_syllable_at) / timedelta(milliseconds=1))

    @property
    def steps(self) -> dict[str, int]:
        """Milliseconds since the first syllable, of the steps that happened."""
        steps = {field.name: self.ms(getattr(self.times, field.name)) for field in dataclasses.fields(self.times)}
        return {name: at for name, at in steps.items() if at is not None}

    @property
    def last_syllable_to_deed(self) -> int | None:
        """Milliseconds from the end of speech to the change of a state."""
        return _between(self.last_syllable_at, self.times.deed)

    @property
    def wake_to_first_audio(self) -> int | None:
        """Milliseconds from the detection of the wake word to the first sound of the reply."""
        return _between(self.times.wake, self.times.first_audio)

    @property
    def missing(self) -> tuple[str, str] | None:
        """What the turn lacks, and the log of which process tells why; None for a turn that did all of it."""
        if self.times.wake is None:
            return "the wake word was not heard", "wake"
        if not self.transcript:
            return f"no words were understood ({self.error or 'no transcript'})", "stt"
        if not self.changed:
            return (
                f"{self.transcript!r} changed no entity ({self.reply or self.error or 'no answer'})",
                "home-assistant",
            )
        if not self.audible:
            return "no reply was heard", "tts" if self.reply is None else "satellite"
        return None

    def as_json(self) -> dict[str, Any]:
        """Return what a program wants to know of the turn; times in milliseconds."""
        return {
            "transcript": self.transcript,
            "intent": self.intent,
            "changed": list(self.changed),
            "reply": self.reply,
            "steps": self.steps,
            "last_syllable_to_deed": self.last_syllable_to_deed,
            "wake_to_first_audio": self.wake_to_first_audio,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that was gathered while something was spoken, each in order of time."""

    spoken: Sequence[Spoken]
    steps: Sequence[Step]
    """Of the satellite."""

    runs: Sequence[Sequence[dict[str, Any]]]
    """Of the pipeline: the events of each of its runs."""

    intents: Sequence[tuple[datetime, str]]
    """What Home Assistant's conversations understood, and when."""

    calls: Sequence[datetime]
    """When an action was called."""

    changes: Sequence[Event]
    """States of the home's own entities that changed."""

    sounds: Sequence[datetime]
    """When the speaker had played something that was more than silence."""


def turns_of(evidence: Evidence) -> list[Turn]:
    """Return one turn for each wake word that was heard; or one that says that none was."""
    wakes = [step for step in evidence.steps if step.name == "wake"]
    if not wakes:
        spoken = evidence.spoken
        return [Turn(first_syllable_at=spoken[0].first_syllable_at, last_syllable_at=None, times=Times())]
    ends = [step.at for step in wakes[1:]] + [None]
    return [
        _turn(evidence, wake, since=evidence.spoken[0].began_at if number == 0 else wake.at, until=until)
        for number, (wake, until) in enumerate(zip(wakes, ends, strict=True))
    ]


def _turn(evidence: Evidence, wake: Step, *, since: datetime, until: datetime | None) -> Turn:
    def during(at: datetime) -> bool:
        return since <= at and (until is None or at < until)

    steps = {step.name: step for step in evidence.steps if step.turn == wake.turn}
    run = {event["type"]: event for events in evidence.runs for event in events if during(_at(event))}
    end_of_speech = _at(run["stt-vad-end"]) if "stt-vad-end" in run else None
    transcript = _at(run["stt-end"]) if "stt-end" in run else None
    intents = [(at, name) for at, name in evidence.intents if during(at)]
    changes = [change for change in evidence.changes if during(change.at)]
    heard = steps.get("first_audio") or steps.get("spoken")
    finished = steps.get("played") or steps.get("end")
    first, last = _request(evidence.spoken, wake.at, end_of_speech)
    return Turn(
        first_syllable_at=first,
        last_syllable_at=last,
        times=Times(
            wake=wake.at,
            end_of_speech=end_of_speech,
            transcript=transcript,
            intent=_understood(
                intents, [at for at in evidence.calls if transcript and transcript <= at and during(at)]
            ),
            deed=changes[0].at if changes else None,
            first_audio=heard.at if heard else None,
            total=finished.at if finished else None,
        ),
        wake_word=wake.details.get("name"),
        transcript=run["stt-end"]["data"]["stt_output"]["text"] if "stt-end" in run else None,
        intent=intents[0][1] if intents else None,
        changed=tuple(dict.fromkeys(str(change.data["entity_id"]) for change in changes)),
        reply=_reply(steps),
        audible=any(during(at) for at in evidence.sounds),
        error=run["error"]["data"]["code"] if "error" in run else None,
    )


def _understood(intents: Sequence[tuple[datetime, str]], calls: Sequence[datetime]) -> datetime | None:
    """Return when the request was understood; Home Assistant 2026.11 writes that down only after it has acted."""
    return min([intents[0][0], *calls]) if intents else None


def _reply(steps: dict[str, Step]) -> str | None:
    said = steps.get("synthesize") or steps.get("spoken")
    return said.details["text"] if said else None


def _request(
    spoken: Sequence[Spoken], wake: datetime, end_of_speech: datetime | None
) -> tuple[datetime, datetime | None]:
    """Return when the speech that woke the satellite began, and when the request's ended."""
    first = max((one.first_syllable_at for one in spoken if one.first_syllable_at < wake), default=wake)
    last = [one.last_syllable_at for one in spoken if wake < one.last_syllable_at]
    if end_of_speech is None or not last or last[0] > end_of_speech:
        return first, None
    return first, max(at for at in last if at <= end_of_speech)


def _at(event: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(event["timestamp"])


def _between(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else round((end - start) / timedelta(milliseconds=1))
