"""eSpeak NG through its own C interface: small, quick, needs no model."""

import ctypes
import threading
from importlib.metadata import version
from typing import Final, override

import espeakng_loader

from athena_voice.errors import EngineError, UnknownVoiceError
from athena_voice.tts.engine import Sink, SpeechEngine, Voice

# speak_lib.h
_RETRIEVAL_SYNCHRONOUS: Final = 2
_DONT_EXIT: Final = 0x8000
_RATE_PARAMETER: Final = 1
_PITCH_PARAMETER: Final = 3
_UTF8: Final = 1
_END_PAUSE: Final = 0x1000
_OK: Final = 0
_BUFFER_MS: Final = 60

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

VOICES: Final = (
    Voice(name="en-us", description="English (America)", languages=("en", "en-US")),
    Voice(name="en-gb", description="English (Great Britain)", languages=("en", "en-GB")),
)


class EspeakEngine(SpeechEngine):
    """One library, whose state is one voice: it speaks for one client at a time."""

    name = "eSpeak NG"
    version = version("espeakng-loader")
    rate = 22_050

    def __init__(self, words_per_minute: int = 160, pitch: int = 35) -> None:
        """Take the pace, and the pitch as eSpeak counts it (0 to 99, 50 is usual): calm is a little slow and low."""
        self._words_per_minute = words_per_minute
        self._pitch = pitch
        self._library: ctypes.CDLL | None = None
        self._sink: Sink | None = None
        self._callback = _Callback(self._take)  # kept: the library holds only its address
        self._lock = threading.Lock()

    @override
    def load(self) -> None:
        try:
            library = ctypes.CDLL(espeakng_loader.get_library_path())
            data = espeakng_loader.get_data_path()
        except (OSError, RuntimeError) as err:
            raise EngineError(f"eSpeak NG cannot be loaded: {err}") from err
        rate = library.espeak_Initialize(_RETRIEVAL_SYNCHRONOUS, _BUFFER_MS, data.encode(), _DONT_EXIT)
        if rate != self.rate:
            raise EngineError(f"eSpeak NG cannot start with the data in {data} (it answers {rate})")
        library.espeak_SetSynthCallback(self._callback)
        self._library = library

    @override
    def voices(self) -> tuple[Voice, ...]:
        return VOICES

    @override
    def speak(self, text: str, voice: str, sink: Sink) -> None:
        if voice not in (known := [one.name for one in VOICES]):
            raise UnknownVoiceError(voice, known)
        library = self._library
        if library is None:
            raise EngineError("eSpeak NG is not loaded")
        raw = text.replace("\0", " ").encode()
        with self._lock:
            self._sink = sink
            library.espeak_SetVoiceByName(voice.encode())
            library.espeak_SetParameter(_RATE_PARAMETER, self._words_per_minute, 0)
            library.espeak_SetParameter(_PITCH_PARAMETER, self._pitch, 0)
            status = library.espeak_Synth(
                raw, ctypes.c_size_t(len(raw) + 1), 0, 1, 0, _UTF8 | _END_PAUSE, None, None
            )
            self._sink = None
        if status != _OK:
            raise EngineError(f"eSpeak NG cannot speak (it answers {status})")

    def _take(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: object) -> int:
        """Take samples from the library; 1 tells it to stop."""
        if not samples or count <= 0 or self._sink is None:
            return 0
        return 0 if self._sink(ctypes.string_at(samples, count * 2)) else 1
