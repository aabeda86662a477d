"""What the small ear hears (PRD §4, §5.2, §7, §15), and what it leaves alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.athena.brain.spoken import (
    Device,
    Lights,
    Quiet,
    Scene,
    Spoken,
    StillAwake,
    StopAlarm,
    understand,
)

AWAKE = StillAwake()
STOP = StopAlarm()


@pytest.mark.parametrize(
    "text",
    [
        "Arvis, I'm still awake",
        "Arvis, I am still awake.",
        "I’m still awake",
        "I'm awake!",
        "hey Jarvis, still awake",
        "Athena: I'm not asleep",
        "not asleep yet",
        "No, I'm not sleeping",
        "I wasn't asleep",
        "I'm still up, Athena",
        "I'M STILL AWAKE",
        "cancel sleep mode",
        "turn off sleep mode please",
        "no sleep mode",
        "I don't want to sleep yet",
    ],
)
def test_the_override_phrase_is_flexible(text: str) -> None:
    """PRD §15: "Voice override phrases are flexible"."""
    assert understand(text) == AWAKE


@pytest.mark.parametrize(
    "text", ["I'm not awake", "are you awake", "am I awake", "wake me up", "I'm asleep", "he is still awake", "awaken"]
)
def test_what_only_sounds_like_it_is_not_heard_as_awake(text: str) -> None:
    assert understand(text) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Arvis, focus mode.", "focus"),
        ("Arvis, night mode", "night"),
        ("set night mode please", "night"),
        ("turn on focus mode", "focus"),
        ("go to the sleep scene", "sleep"),
        ("set the scene to focus", "focus"),
        ("Could you switch to night mode, Athena?", "night"),
        ("Good night, Athena, sleep mode", "sleep"),
    ],
)
def test_a_scene_by_its_name(text: str, key: str) -> None:
    assert understand(text) == Scene(key=key)


def test_a_scene_of_the_users_own_is_known_by_its_key() -> None:
    assert understand("movie night mode") is None
    assert understand("movie night mode", scenes={"movie_night"}) == Scene(key="movie_night")


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("lights on", Lights(on=True)),
        ("Lights off.", Lights(on=False)),
        ("Jarvis, turn off the lights", Lights(on=False)),
        ("turn the light on", Lights(on=True)),
        ("switch on all the lights in here", Lights(on=True)),
        ("can you turn on the lights in the bedroom please", Lights(on=True)),
        ("Arvis, turn on the lamp", Device(name="lamp", on=True)),
        ("turn on the record player", Device(name="record_player", on=True)),
        ("turn off the lamp", Device(name="lamp", on=False)),
        ("switch the record player off", Device(name="record_player", on=False)),
        ("turn my fan on", Device(name="fan", on=True)),
        ("Arvis, quiet mode", Quiet(on=True)),
        ("quiet mode on", Quiet(on=True)),
        ("quiet mode off", Quiet(on=False)),
        ("turn off quiet mode", Quiet(on=False)),
        ("turn on guest mode", Quiet(on=True)),
        ("end quiet hours", Quiet(on=False)),
    ],
)
def test_lights_plugs_and_quiet_mode(text: str, heard: Spoken) -> None:
    assert understand(text) == heard


@pytest.mark.parametrize(
    "text",
    ["Arvis, stop the alarm", "turn off the alarm", "turn the alarm off", "snooze", "stop", "alarm off!", "Be quiet."],
)
def test_a_wish_that_the_alarm_stop_is_heard_as_what_it_is(text: str) -> None:
    assert understand(text) == STOP


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Athena",
        "don't turn off the lights",
        "turn the lights",
        "turn on",
        "turn on it",
        "turn on the alarm",
        "turn off focus mode",
        "disco mode",
        "no lights on",
        "no quiet mode",
        "turn on the lamp and the fan",
        "turn on the very old lamp beside the bed there",
        "set an alarm for 7 AM",
        "what time is it",
        "come on",
        "the lights went off",
        "status",
    ],
)
def test_what_has_no_command_is_nothing(text: str) -> None:
    assert understand(text) is None


WORDS = [
    "turn",
    "on",
    "off",
    "the",
    "lights",
    "lamp",
    "not",
    "i",
    "'m",
    "’m",
    "awake",
    "mode",
    "quiet",
    ",",
    "'",
    "athena",
]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_is_heard_or_not(text: str) -> None:
    understand(text)
