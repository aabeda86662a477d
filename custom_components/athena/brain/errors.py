"""What the brain refuses.

BrainError
├── UnknownRoomError     a fact about a room that is not in this house
├── UnknownSceneError    a scene that this house does not have
└── UnreadableStateError what was stored is of another version, or is not a house
"""


class BrainError(Exception):
    """Anything the brain refuses; the house is as it was before."""


class UnknownRoomError(BrainError):
    """A fact about a room that is not in this house."""

    def __init__(self, room: str) -> None:
        super().__init__(f"no room {room!r} in this house")


class UnknownSceneError(BrainError):
    """A scene that this house does not have."""

    def __init__(self, scene: str) -> None:
        super().__init__(f"no scene {scene!r} in this house")


class UnreadableStateError(BrainError):
    """What was stored is of another version, or is not a house."""
