"""What Home Assistant says, as facts; what is malformed is a ProtocolError."""

import math
import secrets
from collections.abc import Callable
from typing import Final

from wyoming.event import Event

from .audio import format_of
from .errors import ProtocolError
from .messages import text_of
from .turn import events

_MAX_TIMER_SECONDS: Final = 366 * 24 * 3600.0


def _detected(event: Event) -> events.Event:
    return events.Detected(turn=secrets.token_hex(4), name=str(event.data.get("name") or ""))


def _started(event: Event) -> events.Event:
    name = event.data.get("name")
    return events.TimerStarted(
        timer=_id(event), seconds=_seconds(event), name=name if isinstance(name, str) and name.strip() else None
    )


def _updated(event: Event) -> events.Event:
    active = event.data.get("is_active")
    if not isinstance(active, bool):
        raise ProtocolError(f"{event.type} does not say whether the timer is active")
    return events.TimerUpdated(timer=_id(event), seconds=_seconds(event), active=active)


def _id(event: Event) -> str:
    timer = event.data.get("id")
    if not isinstance(timer, str):
        raise ProtocolError(f"{event.type} has no id of a timer")
    return timer


def _seconds(event: Event) -> float:
    seconds = event.data.get("total_seconds")
    if not isinstance(seconds, int | float) or not math.isfinite(seconds):
        raise ProtocolError(f"{event.type} has no total_seconds: {seconds!r}")
    return min(max(float(seconds), 0.0), _MAX_TIMER_SECONDS)


DECODERS: Final[dict[str, Callable[[Event], events.Event]]] = {
    "detection": _detected,
    "transcribe": lambda _: events.PipelineBegan(),
    "voice-started": lambda _: events.VoiceStarted(),
    "voice-stopped": lambda _: events.VoiceStopped(),
    "transcript": lambda event: events.Transcribed(text=text_of(event)),
    "synthesize": lambda event: events.Answered(text=text_of(event)),
    "error": lambda event: events.Failed(code=str(event.data.get("code") or ""), text=text_of(event)),
    "audio-start": lambda event: events.AudioBegan(form=format_of(event)),
    "audio-chunk": lambda event: events.Audio(audio=event.payload or b""),
    "audio-stop": lambda _: events.AudioEnded(),
    "timer-started": _started,
    "timer-updated": _updated,
    "timer-cancelled": lambda event: events.TimerCancelled(timer=_id(event)),
    "timer-finished": lambda event: events.TimerFinished(timer=_id(event)),
}
