"""Any format, made into the one that is heard."""

import numpy as np
import pytest

from athena_satellite.audio import HEARD, Converter, Format, as_pcm16, mono, pcm16


def tone(hertz: float, form: Format, seconds: float = 1.0) -> bytes:
    """Return a tone at half of full scale, the same on every channel."""
    at = np.arange(int(form.rate * seconds)) / form.rate
    wave = np.repeat(0.5 * np.sin(2 * np.pi * hertz * at), form.channels)
    if form.width == 1:
        return (np.rint(wave * 127) + 128).astype(np.uint8).tobytes()
    whole = np.rint(wave * (2 ** (8 * form.width - 1) - 1)).astype("<i4")
    return bytes(whole.view(np.uint8).reshape(-1, 4)[:, : form.width].tobytes())


def heard(audio: bytes, form: Format, piece: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    converter = Converter(form, HEARD)
    out = b"".join(converter.convert(audio[at : at + piece]) for at in range(0, len(audio), piece))
    out += converter.convert(b"", last=True)
    return np.frombuffer(out, "<i2").astype(np.float64) / 32768


def level(samples: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(np.sqrt(np.mean(samples[1_600:-1_600] ** 2)))


@pytest.mark.parametrize("piece", [7, 480, 100_000])
@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
def test_a_tone_stays_a_tone_in_whatever_pieces_it_comes(rate: int, width: int, channels: int, piece: int) -> None:
    form = Format(rate=rate, width=width, channels=channels)
    seconds = 0.3 if piece == 7 else 1.0
    samples = heard(tone(440, form, seconds), form, piece)
    assert len(samples) == pytest.approx(16_000 * seconds, abs=2)
    assert level(samples) == pytest.approx(0.5 / 2**0.5, rel=0.02)
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * 16_000 / len(samples) == pytest.approx(440, abs=4)


def test_what_16_khz_cannot_hold_is_not_folded_into_it() -> None:
    form = Format(rate=44_100, width=2, channels=2)
    assert level(heard(tone(11_000, form), form, 4_096)) < 0.001


def test_what_is_heard_already_passes_untouched() -> None:
    audio = tone(440, HEARD)
    assert Converter(HEARD, HEARD).convert(audio) == audio


def test_more_channels_get_the_mean_of_all() -> None:
    stereo = Format(rate=16_000, width=2, channels=2)
    assert Converter(HEARD, stereo).convert(b"\x10\x00\x20\x00") == b"\x10\x00\x10\x00\x20\x00\x20\x00"
    assert Converter(stereo, HEARD).convert(b"\x10\x00\x20\x00") == b"\x18\x00"


def test_what_is_too_loud_is_clipped() -> None:
    assert np.frombuffer(pcm16(np.array([2.0, -2.0], np.float32)), "<i2").tolist() == [32767, -32768]


def test_silence_is_silence_in_every_width() -> None:
    assert as_pcm16(b"\x80\x80", 1) == bytes(4)
    assert as_pcm16(bytes(6), 3) == bytes(4)
    assert not mono(bytes(16), Format(rate=16_000, width=4, channels=2)).any()
