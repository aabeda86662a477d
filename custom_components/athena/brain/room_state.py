"""The states of a room, and what brings one about."""

from enum import StrEnum


class RoomState(StrEnum):
    """What a room knows about the people in it."""

    EMPTY = "EMPTY"
    OCCUPIED = "OCCUPIED"
    SLEEP = "SLEEP"
    WAKE = "WAKE"


class Why(StrEnum):
    """What made Athena do a thing."""

    CAME_IN = "came_in"
    LEFT = "left"
    ASKED = "asked"
    TOUCHED = "touched"
    FELL_ASLEEP = "fell_asleep"
    STILL_AWAKE = "still_awake"
    NIGHT_VISIT = "night_visit"
    BACK_IN_BED = "back_in_bed"
    GOT_UP = "got_up"
    SUNRISE = "sunrise"
    ALARM = "alarm"
    ALARM_AGAIN = "alarm_again"
    OUT_OF_BED = "out_of_bed"
    UP_ALREADY = "up_already"
    NOBODY_HOME = "nobody_home"
    BUTTON = "button"
    APP = "app"
    CAP = "cap"
    MISSED = "missed"
    NO_WITNESS = "no_witness"
    UNHEARD = "unheard"
    FORCED = "forced"
