"""eSpeak NG, through the library that `espeakng-loader` brings."""

import ctypes
import threading
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import espeakng_loader
from wyoming.info import TtsProgram

from ...errors import EngineError
from ..engine import HOME_FORMAT, EngineSettings, Voice, program_of

_VOICES: Final = {
    "en-us": ("en-us", "English (America)"),
    "en-gb": ("en", "English (Great Britain)"),
    "en-gb-scotland": ("en-gb-scotland", "English (Scotland)"),
    "en-gb-x-rp": ("en-gb-x-rp", "English (Received Pronunciation)"),
}
"""Each with the library's own name for it, and words for it."""
_CHUNK_MS: Final = 60

# From espeak-ng/speak_lib.h
_SYNCHRONOUS: Final = 2
_DONT_EXIT: Final = 0x8000
_CHARS_UTF8: Final = 1
_POS_CHARACTER: Final = 1
_PARAMETER_RATE: Final = 1
_PARAMETER_PITCH: Final = 3
_PARAMETER_RANGE: Final = 4
_OK: Final = 0
_CALM_PITCH: Final = 38
"""Of 100; the voice's own is 50."""
_CALM_RANGE: Final = 40

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class EspeakEngine:
    """A calm male voice. The library has one state for the whole process, so one text is spoken at a time."""

    format = HOME_FORMAT
    slow = False

    def __init__(self, settings: EngineSettings) -> None:
        self._words_a_minute = settings.words_a_minute
        self._library = _library()
        self._version = version("espeakng-loader")
        self.voices = tuple(
            Voice(name=name, description=description, languages=("en",), edition=self._version)
            for name, (_, description) in _VOICES.items()
        )

    def program(self) -> TtsProgram:
        """Return what Home Assistant is told."""
        url = "https://github.com/espeak-ng/espeak-ng"
        return program_of(self.voices, name="eSpeak NG", url=url, version=self._version)

    def speak(self, text: str, *, voice: str, speaker: str | None, sink: Callable[[bytes], bool]) -> None:  # noqa: ARG002
        """Give the sound of a text to `sink` as it is made, until that returns False; a voice is one person."""

        def on_samples(samples: Any, count: int, _events: object) -> int:
            if not samples or count <= 0:
                return 0
            return 0 if sink(ctypes.string_at(samples, count * 2)) else 1

        callback = _Callback(on_samples)
        data = text.encode() + b"\0"
        with _LOCK:
            self._library.espeak_SetSynthCallback(callback)
            self._check(self._library.espeak_SetVoiceByName(_VOICES[voice][0].encode()), f"the voice {voice}")
            for parameter, value in (
                (_PARAMETER_RATE, self._words_a_minute),
                (_PARAMETER_PITCH, _CALM_PITCH),
                (_PARAMETER_RANGE, _CALM_RANGE),
            ):
                self._check(self._library.espeak_SetParameter(parameter, value, 0), "a parameter")
            status = self._library.espeak_Synth(data, len(data), 0, _POS_CHARACTER, 0, _CHARS_UTF8, None, None)
            self._check(status, "a text")

    @staticmethod
    def _check(status: int, what: str) -> None:
        if status != _OK:
            raise EngineError(f"eSpeak NG refuses {what} (status {status})")


_LOCK: Final = threading.Lock()


@cache
def _library() -> ctypes.CDLL:
    """Load and initialise the library, once in a process."""
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path()
    except (OSError, RuntimeError) as err:
        raise EngineError(f"eSpeak NG cannot be loaded: {err}") from err
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_SetSynthCallback.argtypes = [_Callback]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
    library.espeak_Synth.argtypes = [
        *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint),
        *(ctypes.POINTER(ctypes.c_uint), ctypes.c_void_p),
    ]
    rate = library.espeak_Initialize(_SYNCHRONOUS, _CHUNK_MS, data.encode(), _DONT_EXIT)
    if rate != HOME_FORMAT.rate:
        raise EngineError(f"eSpeak NG did not start (it says {rate})")
    return library
