"""A WAV file, read whole and made into what a microphone hears."""

import wave
from pathlib import Path
from typing import Final

import numpy as np

from .audio import HEARD, Format, mono, pcm16, resampled
from .errors import RecordingError

_MAX_SECONDS: Final = 600.0


def read_recording(path: Path) -> bytes:
    """Return a WAV file's audio at 16 kHz, 16-bit, one channel; raise RecordingError with the file and the reason."""
    try:
        with wave.open(str(path), "rb") as file:
            form = Format(rate=file.getframerate(), width=file.getsampwidth(), channels=file.getnchannels())
            if not form.audible:
                raise RecordingError(f"{path} is not a WAV file that can be heard: it claims {form}")
            if file.getnframes() > _MAX_SECONDS * form.rate:
                raise RecordingError(f"{path} is longer than {_MAX_SECONDS / 60:.0f} minutes")
            audio = file.readframes(file.getnframes())
    except OSError as err:
        raise RecordingError(f"{path} cannot be read: {err.strerror}") from err
    except (wave.Error, EOFError, RuntimeError, ValueError) as err:  # the last two are how `wave` meets a broken chunk
        raise RecordingError(f"{path} is not a WAV file: {str(err) or 'it ends within its header'}") from err
    audio = audio[: len(audio) // form.frame_bytes * form.frame_bytes]
    if not audio:
        raise RecordingError(f"{path} has no audio in it")
    if form == HEARD:
        return audio
    return pcm16(np.asarray(resampled(mono(audio, form), rate=form.rate, to=HEARD.rate)))
