"""Who says what: every sensor's word becomes evidence of presence and, of the bed, a witness. Decides nothing."""

from typing import Final

from ..bed import CERTAIN, SURE
from ..events import (
    BedCleared,
    BedExitReported,
    BedOccupied,
    ButtonPressed,
    MotionDetected,
    Posture,
    PostureUpdate,
    PresenceCleared,
    RoomEmptyTimeout,
    SatelliteLost,
    SensorLost,
    SleepReported,
    VisionLost,
    VoiceCommand,
    WakeWord,
)
from ..mind import Mind
from ..rule import Rule
from ..sensors import DEBUG, SensorKind

BESIDE: Final = frozenset({"bed", "floor"})
"""Where somebody who sits or lies may be on the edge of the bed; at a desk they are not."""


def _motion(mind: Mind, event: MotionDetected) -> None:
    kind = mind.kind(event)
    mind.presence.sees(event.source, event.at, kind=kind, held=event.held)
    if event.source != DEBUG and not event.found:
        mind.bed.moved(event.source, kind, event.at, held=event.held)


def _cleared(mind: Mind, event: PresenceCleared | RoomEmptyTimeout) -> None:
    silent = isinstance(event, RoomEmptyTimeout)
    mind.presence.clears(event.source, event.at, kind=mind.kind(event), silent=silent)
    if not silent:
        mind.bed.stopped(event.source, event.at)


def _lost(mind: Mind, event: SensorLost | VisionLost | SatelliteLost) -> None:
    default = SensorKind.CAMERA if isinstance(event, VisionLost) else None
    known = event.source in mind.presence.reports or event.source in mind.settings.sensors
    if known or default is not None or getattr(event, "kind", None) is not None:
        mind.presence.loses(event.source, event.at, kind=mind.kind(event, default))
    if (source := mind.bed.sources.get(event.source)) is not None:
        source.loses(event.at, dead=not isinstance(event, VisionLost))
    if (floor := mind.bed.floor.get(event.source)) is not None:
        floor.on_since = None


def _posture(mind: Mind, event: PostureUpdate) -> None:
    mind.presence.sees(event.source, event.at, kind=SensorKind.CAMERA, held=True)
    if event.source == DEBUG:
        return
    camera = mind.bed.source(event.source, SensorKind.CAMERA)
    sure = event.confidence >= SURE
    camera.says(event.at, inside=event.zone == "bed" if sure else None)
    camera.posture = event.posture if sure and event.zone in BESIDE else None
    upright = sure and event.zone != "bed" and event.posture is Posture.STANDING
    camera.certain = event.confidence >= CERTAIN or (upright and camera.upright is not None)
    camera.upright = (camera.upright or event.at) if upright else None


def _bed_exit(mind: Mind, event: BedExitReported) -> None:
    if event.source not in mind.presence.reports:  # it tells of this one moment, and never that nobody is there
        mind.presence.sees(event.source, event.at, kind=SensorKind.DOOR, held=False)
    if event.source != DEBUG:
        camera = mind.bed.source(event.source, SensorKind.CAMERA)
        camera.says(event.at, inside=False)
        camera.felt = True
        camera.posture = None


def _bed(mind: Mind, event: BedOccupied | BedCleared) -> None:
    kind = mind.kind(event, SensorKind.MAT)
    inside = isinstance(event, BedOccupied)
    if inside:
        mind.presence.sees(event.source, event.at, kind=kind, held=True)
    else:
        mind.presence.clears(event.source, event.at, kind=kind)
    if event.source != DEBUG:
        source = mind.bed.source(event.source, kind, event.side)
        source.felt = source.felt or not event.found
        source.says(event.at, inside=inside)


def _spoken(mind: Mind, event: WakeWord | VoiceCommand | ButtonPressed) -> None:
    kind = SensorKind.BUTTON if isinstance(event, ButtonPressed) else SensorKind.VOICE
    mind.presence.sees(event.source, event.at, kind=kind, held=False)


def _sleep_state(mind: Mind, event: SleepReported) -> None:
    mind.presence.sees(event.source, event.at, kind=SensorKind.CAMERA, held=True)


WITNESSES: Final = Rule(
    facts={
        MotionDetected: _motion,
        PresenceCleared: _cleared,
        RoomEmptyTimeout: _cleared,
        SensorLost: _lost,
        VisionLost: _lost,
        SatelliteLost: _lost,
        PostureUpdate: _posture,
        SleepReported: _sleep_state,
        BedExitReported: _bed_exit,
        BedOccupied: _bed,
        BedCleared: _bed,
        WakeWord: _spoken,
        VoiceCommand: _spoken,
        ButtonPressed: _spoken,
    },
)
