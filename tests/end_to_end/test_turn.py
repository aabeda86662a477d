"""A spoken request turns on a light; what is not understood changes nothing."""

from pathlib import Path

import pytest

from script.house.errors import RecordingError
from script.house.house import House
from script.house.recording import Recording

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAMP = "light.living_room_lamp"


async def test_the_demos_own_recording_turns_on_the_lamp(house: House, request_for_light: Recording) -> None:
    assert await house.state(LAMP) == "off"
    [turn] = await house.say([request_for_light])
    assert turn.missing is None, turn
    assert turn.wake_word == "hey_jarvis"
    assert turn.transcript == "turn on the living room lamp"
    assert turn.intent == "light.turn_on"
    assert turn.changed == (LAMP,)
    assert turn.reply == "Lamp on."
    assert list(turn.steps) == ["wake", "end_of_speech", "transcript", "intent", "deed", "first_audio", "total"]
    assert list(turn.steps.values()) == sorted(turn.steps.values())
    assert await house.state(LAMP) == "on"


async def test_peoples_voices_turn_on_the_lamp(house: House, people: dict[str, Recording]) -> None:
    [turn] = await house.say([people["hey_jarvis"], people["turn_on_the_living_room_lamp"]])
    assert turn.missing is None, turn
    assert turn.changed == (LAMP,)
    assert turn.reply == "Lamp on."
    assert await house.state(LAMP) == "on"


async def test_negative_speech_changes_nothing(house: House, people: dict[str, Recording]) -> None:
    [turn] = await house.say([people["hey_jarvis"], people["negative_speech"]])
    assert turn.times.wake is not None
    assert not turn.transcript
    assert turn.changed == ()
    assert turn.reply == "I didn't catch that."
    assert turn.audible


async def test_speech_without_the_wake_word_is_not_heard(house: House, people: dict[str, Recording]) -> None:
    [turn] = await house.say([people["turn_on_the_living_room_lamp"]])
    assert turn.times.wake is None
    assert turn.changed == ()
    assert turn.missing == ("the wake word was not heard", "wake")


async def test_silence_after_the_wake_word(
    house: House, people: dict[str, Recording], request_for_light: Recording
) -> None:
    [turn] = await house.say([request_for_light])
    assert turn.times.end_of_speech is not None  # from here on the satellite knows that it would be told of a voice
    [silent] = await house.say([people["hey_jarvis"]])
    assert silent.times.end_of_speech is None  # the satellite ended it, long before Home Assistant would have
    assert silent.times.wake is not None
    assert silent.reply == "I didn't catch that."
    assert silent.audible
    assert silent.changed == ()
    [turn] = await house.say([request_for_light])
    assert turn.reply == "Lamp on."


async def test_a_recording_that_the_satellite_refuses_is_told_at_once(house: House, tmp_path: Path) -> None:
    file = tmp_path / "speech.wav"
    file.write_text("it was one when it was read")
    with pytest.raises(RecordingError, match=r"the satellite refused .*speech\.wav; see .*satellite\.log"):
        await house.say([Recording(path=file, seconds=600.0, speech=None)])
