"""What the brain refuses.

BrainError
├── UnknownRoomError     a fact about a room that is not in this house
├── UnknownSceneError    a scene that this room does not have
├── UnknownAlarmError    an alarm that this room does not have
├── NoWitnessError       an alarm that nothing but the app could end, and nobody has said that this is understood
├── PastAlarmError       an alarm for a moment that is over
├── RingingError         a room whose alarm rings is not told what state it is in
├── NothingRingsError    an alarm to stop where none rings
├── DebugWitnessError    a fact that somebody made up is no witness
├── MalformedEventError  what came over the wire is not a fact
└── UnreadableStateError what was stored is of another version, or is not a house
"""

from typing import ClassVar


class BrainError(Exception):
    """Anything the brain refuses; the house is as it was before."""

    key: ClassVar[str] = "refused"
    """Names the sentence that tells a user."""

    def __init__(self, says: str, **placeholders: str) -> None:
        super().__init__(says)
        self.placeholders = placeholders


class UnknownRoomError(BrainError):
    """A fact about a room that is not in this house."""

    key = "unknown_room"

    def __init__(self, room: str) -> None:
        super().__init__(f"no room {room!r} in this house", room=room)


class UnknownSceneError(BrainError):
    """A scene that this room does not have."""

    key = "unknown_scene"

    def __init__(self, scene: str) -> None:
        super().__init__(f"no scene {scene!r} in this room", scene=scene)


class UnknownAlarmError(BrainError):
    """An alarm that this room does not have."""

    key = "unknown_alarm"

    def __init__(self, alarm: str) -> None:
        super().__init__(f"no alarm {alarm!r} in this room", alarm=alarm)


class NoWitnessError(BrainError):
    """An alarm that nothing but the app could end, and nobody has said that this is understood."""

    key = "no_witness"

    def __init__(self, room: str) -> None:
        super().__init__(f"nothing in {room!r} could tell that somebody has left the bed", room=room)


class PastAlarmError(BrainError):
    """An alarm for a moment that is over."""

    key = "past_alarm"

    def __init__(self) -> None:
        super().__init__("the alarm would never ring")


class RingingError(BrainError):
    """A room whose alarm rings is not told what state it is in."""

    key = "ringing"

    def __init__(self, room: str) -> None:
        super().__init__(f"an alarm rings in {room!r} until somebody is out of bed", room=room)


class NothingRingsError(BrainError):
    """An alarm to stop where none rings."""

    key = "nothing_rings"

    def __init__(self, room: str) -> None:
        super().__init__(f"no alarm rings in {room!r}", room=room)


class DebugWitnessError(BrainError):
    """A fact that somebody made up is no witness."""

    key = "debug_witness"

    def __init__(self) -> None:
        super().__init__("a fact made up to try something out is never a witness")


class MalformedEventError(BrainError):
    """What came over the wire is not a fact."""

    key = "malformed_event"

    def __init__(self, reason: str) -> None:
        super().__init__(reason, reason=reason)


class UnreadableStateError(BrainError):
    """What was stored is of another version, or is not a house."""

    key = "unreadable_state"
