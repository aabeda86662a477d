"""The audio front of Home Assistant's pipeline, on the packages that stand in for those it pins."""

import array
import importlib.util
import math

from homeassistant.components.assist_pipeline.audio_enhancer import MicroVadSpeexEnhancer
from homeassistant.components.assist_pipeline.const import BYTES_PER_CHUNK

RATE = 16_000
CHUNK = BYTES_PER_CHUNK // 2  # samples


def _tone(seconds: float, *, peak: float) -> list[bytes]:
    samples = array.array(
        "h", (round(peak * 32767 * math.sin(2 * math.pi * 440 * at / RATE)) for at in range(int(seconds * RATE)))
    )
    return [samples[at : at + CHUNK].tobytes() for at in range(0, len(samples) - CHUNK + 1, CHUNK)]


def _level(chunks: list[bytes]) -> float:
    samples = array.array("h", b"".join(chunks))
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def test_the_stand_ins_are_found_first() -> None:
    for module in ("pymicro_vad", "pyspeex_noise"):
        spec = importlib.util.find_spec(module)
        assert spec
        assert spec.origin
        assert spec.origin.endswith(f"script/house_audio/{module}.py")


def test_silence_is_no_speech() -> None:
    enhancer = MicroVadSpeexEnhancer(auto_gain=0, noise_suppression=0, is_vad_enabled=True)
    chunks = [enhancer.enhance_chunk(bytes(BYTES_PER_CHUNK), at * 10) for at in range(200)]
    heard = [chunk.speech_probability for chunk in chunks if chunk.speech_probability is not None]
    assert len(heard) == len(chunks)
    assert max(heard) < 0.5
    assert any(probability >= 0 for probability in heard)


def test_more_gain_is_louder() -> None:
    tone = _tone(4, peak=0.3)
    levels = []
    for auto_gain in (5, 15, 31):
        enhancer = MicroVadSpeexEnhancer(auto_gain=auto_gain, noise_suppression=0, is_vad_enabled=False)
        cleaned = [enhancer.enhance_chunk(chunk, at * 10).audio for at, chunk in enumerate(tone)]
        levels.append(_level(cleaned[-100:]))
    assert 100 < levels[0] < levels[1] < levels[2]


def test_noise_suppression_takes_a_steady_tone_away() -> None:
    tone = _tone(4, peak=0.1)
    enhancer = MicroVadSpeexEnhancer(auto_gain=0, noise_suppression=2, is_vad_enabled=False)
    cleaned = [enhancer.enhance_chunk(chunk, at * 10).audio for at, chunk in enumerate(tone)]
    assert _level(cleaned[-100:]) < 0.5 * _level(tone)
