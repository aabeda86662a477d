"""The lines the satellite says by itself, in the persona's words."""

from enum import StrEnum


class Line(StrEnum):
    """A line of the satellite's own."""

    NOT_CAUGHT = "I didn't catch that."
    WENT_WRONG = "Something went wrong."
    OFFLINE = "I'm offline."
    BACK_ONLINE = "I'm back online."
