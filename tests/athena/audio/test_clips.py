"""Athena's own sounds: made here, handed out by Home Assistant."""

import array
import io
import math
import wave
from datetime import timedelta
from itertools import pairwise

import pytest
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.media_player.browse_media import async_process_play_media_url
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.athena.audio.clip_view import fetched_signal, path_of
from custom_components.athena.audio.clips import AS_IT_IS, LEVELS, RATE, SOUNDS, clip_name, level_of, render_clips
from custom_components.athena.audio.sound import Sound


@pytest.fixture(scope="module")
def clips() -> dict[str, bytes]:
    """Return every clip by its name."""
    return render_clips()


def _samples(clip: bytes) -> array.array[int]:
    with wave.open(io.BytesIO(clip)) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RATE, 2, 1)
        return array.array("h", file.readframes(file.getnframes()))


def _loudness(samples: array.array[int]) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def _pitch(samples: array.array[int]) -> float:
    crossings = sum(before < 0 <= after for before, after in pairwise(samples))
    return crossings * RATE / len(samples)


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=lambda sound: sound.key)
def test_each_loudness_is_louder_than_the_one_below_and_none_is_distorted(
    clips: dict[str, bytes], sound: Sound
) -> None:
    ladder = [_samples(clips[clip_name(sound, level)]) for level in range(1, LEVELS + 1)]
    loudness = [_loudness(samples) for samples in ladder]
    assert all(after > 1.4 * before for before, after in pairwise(loudness))
    assert max(max(map(abs, samples)) for samples in ladder) <= 32_767 * sound.peak + 1
    assert min(_loudness(samples) for samples in ladder) > 100  # -50 dB: still to be heard


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=lambda sound: sound.key)
def test_a_clip_begins_and_ends_without_a_click(clips: dict[str, bytes], sound: Sound) -> None:
    samples = _samples(clips[clip_name(sound, LEVELS)])
    assert len(samples) == round(sound.seconds * RATE)
    assert max(map(abs, samples[:5])) < 500
    assert max(map(abs, samples[-5:])) < 50


def test_the_alarm_rises_by_three_notes(clips: dict[str, bytes]) -> None:
    samples = _samples(clips["alarm-1.wav"])  # the softest has next to no overtones
    heard = [_pitch(samples[round(at * RATE) : round((at + 0.2) * RATE)]) for at in (0.1, 0.55, 1.2)]
    assert heard == sorted(heard)
    assert heard[0] == pytest.approx(523.25, rel=0.02)


def test_the_loud_alarm_is_also_sharper(clips: dict[str, bytes]) -> None:
    def sharpness(level: int) -> float:
        samples = _samples(clips[f"alarm-{level}.wav"])
        steps = array.array("h", ((after - before) // 2 for before, after in pairwise(samples)))
        return _loudness(steps) / _loudness(samples)

    assert sharpness(LEVELS) > 1.5 * sharpness(1)


def test_the_wake_tone_is_subtle_beside_the_alarm(clips: dict[str, bytes]) -> None:
    for level in range(1, LEVELS + 1):
        assert _loudness(_samples(clips[f"wake-{level}.wav"])) < 0.5 * _loudness(_samples(clips[f"alarm-{level}.wav"]))


@pytest.mark.parametrize(
    ("volume", "level"), [(0.0, 1), (0.01, 1), (0.3, 2), (0.5, 3), (0.51, 4), (1.0, 6), (-3, 1), (7, 6), (None, 4)]
)
def test_a_volume_becomes_a_loudness(volume: float | None, level: int) -> None:
    assert level_of(volume) == level
    assert level_of(None) == AS_IT_IS


async def test_a_player_fetches_a_clip_by_the_signed_address_alone_and_that_is_told(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> None:
    fetched: list[bool] = []
    async_dispatcher_connect(hass, fetched_signal("order-1"), callback(lambda: fetched.append(True)))
    client = await hass_client_no_auth()
    url = async_process_play_media_url(hass, path_of("order-1", SOUNDS["alarm"], 6), allow_relative_url=True)
    assert (await client.head(url)).status == 200
    assert not fetched
    answer = await client.get(url)
    assert answer.status == 200
    assert answer.content_type == "audio/wav"
    assert answer.headers["Cache-Control"] == "no-store"
    assert _loudness(_samples(await answer.read())) > 1000
    assert fetched == [True]


@pytest.mark.parametrize("clip", ["alarm-7.wav", "siren-1.wav", "..%2F..%2Fsecrets.yaml", "alarm-6"])
async def test_nothing_but_a_clip_is_handed_out(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator, clip: str
) -> None:
    client = await hass_client_no_auth()
    url = async_sign_path(hass, f"/api/athena/sounds/order-1/{clip.replace('%2F', '_')}", timedelta(minutes=1))
    assert (await client.get(url)).status == 404
    assert (await client.head(url)).status == 404


async def test_nobody_fetches_a_clip_without_a_signature(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> None:
    client = await hass_client_no_auth()
    assert (await client.get(path_of("order-1", SOUNDS["alarm"], 6))).status == 401
    assert (await client.get("/api/athena/sounds/order-1/alarm-1.wav?authSig=forged")).status == 401
