"""What can be wrong with what is replayed.

ReplayError
├── RoomFileError  a file of rooms is no good; nothing has been replayed
├── LineError      a line is no event; the others are replayed all the same
└── IgnoredError   an event is older than what its room knows already; it changes nothing
"""


class ReplayError(Exception):
    """Something is wrong with what is replayed; the text is one line for the person who wrote it."""


class RoomFileError(ReplayError):
    """A file of rooms is no good; nothing has been replayed."""


class LineError(ReplayError):
    """A line is no event; the others are replayed all the same."""


class IgnoredError(ReplayError):
    """An event is older than what its room knows already; it changes nothing."""
