"""Piper, through its own library: each `NAME.onnx` with a `NAME.onnx.json` beside it in a folder is a voice."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
import soxr
from onnxruntime.capi import onnxruntime_pybind11_state as onnx_errors
from piper.config import PhonemeType, PiperConfig, SynthesisConfig
from piper.voice import PiperVoice
from wyoming.info import TtsProgram

from ...errors import EngineError, ModelError
from ..engine import HOME_FORMAT, EngineSettings, Voice, program_of

_LOGGER = logging.getLogger(__name__)

_OWN_PACE: Final = 160
"""Words a minute that stand for a voice's own pace."""
_HERTZ: Final = range(8_000, 192_001)
_ALPHABETS: Final = (PhonemeType.ESPEAK, PhonemeType.TEXT)
"""Upstream downloads what it needs for the others when it first speaks."""
_TRIAL: Final = "Hello."
_PART_BYTES: Final = HOME_FORMAT.bytes_of(0.2)
_FAILURES: Final = (
    *(onnx_errors.Fail, onnx_errors.InvalidArgument, onnx_errors.InvalidGraph, onnx_errors.InvalidProtobuf),
    *(onnx_errors.NoSuchFile, onnx_errors.NotImplemented, onnx_errors.RuntimeException, onnx_errors.EPFail),
    *(ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError),
)
"""What a model that is no voice makes of a run: ONNX Runtime's errors have no root, and the library checks nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    piper: PiperVoice
    voice: Voice


class PiperEngine:
    """All voices of a folder, in memory. Upstream makes a sentence whole before it gives its first sound."""

    format = HOME_FORMAT
    slow = True

    def __init__(self, settings: EngineSettings) -> None:
        # Upstream logs what is said, and each sound of it that a voice does not know.
        logging.getLogger("piper").setLevel(logging.ERROR)
        self._pace = _OWN_PACE / settings.words_a_minute
        self._loaded: dict[str, _Loaded] = {}
        refused: list[str] = []
        for path in sorted(settings.folder.glob("*.onnx")):
            try:
                self._loaded[path.stem] = self._load(path)
            except EngineError as err:
                refused.append(str(err))
                _LOGGER.error("a voice is left out: %s", err)
        if not self._loaded:
            raise EngineError(f"no voice of Piper can be used: {'; '.join(refused) or f'{settings.folder} has none'}")
        self.voices = tuple(loaded.voice for loaded in self._loaded.values())

    def program(self) -> TtsProgram:
        """Return what Home Assistant is told."""
        return program_of(
            self.voices, name="Piper", url="https://github.com/OHF-Voice/piper1-gpl", version=version("piper-tts")
        )

    def speak(self, text: str, *, voice: str, speaker: str | None, sink: Callable[[bytes], bool]) -> None:
        """Give the sound of a text to `sink`, sentence by sentence, until that returns False."""
        piper = self._loaded[voice].piper
        try:
            for sound in self._sounds(piper, text, _speaker_id(piper.config, speaker)):
                if not all(sink(sound[start : start + _PART_BYTES]) for start in range(0, len(sound), _PART_BYTES)):
                    return
        except _FAILURES as err:
            raise EngineError(f"the voice {voice} cannot say a text: {_line(err)}") from err

    def _sounds(self, piper: PiperVoice, text: str, speaker_id: int | None) -> Iterator[bytes]:
        settings = SynthesisConfig(speaker_id=speaker_id, length_scale=piper.config.length_scale * self._pace)
        for chunk in piper.synthesize(text, settings):
            samples = np.atleast_1d(chunk.audio_float_array)
            if chunk.sample_rate != HOME_FORMAT.rate:
                samples = soxr.resample(samples, chunk.sample_rate, HOME_FORMAT.rate)
            yield (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()

    def _load(self, path: Path) -> _Loaded:
        """Load a voice and let it say a word; raise EngineError that names the file which is no good."""
        settings_path = path.with_name(f"{path.name}.json")
        settings, config = _settings(settings_path)
        try:
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3  # errors: it warns of how a model was exported
            # or its waiting threads keep the cores from all else, and from each other where the machine is busy
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            piper = PiperVoice(session=session, config=config)
            if not any(self._sounds(piper, _TRIAL, None)):
                raise ModelError(path, "it makes no sound")
        except _FAILURES as err:
            raise ModelError(path, f"it is no voice of Piper, or was cut short ({_line(err)})") from err
        return _Loaded(piper=piper, voice=_voice(path.stem, settings, config, _edition(path, settings_path)))


def _settings(path: Path) -> tuple[dict[str, Any], PiperConfig]:
    """Read what stands beside a model."""
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
        config = PiperConfig.from_dict(settings)
        hertz, known = int(config.sample_rate), isinstance(config.phoneme_id_map, dict)
    except FileNotFoundError as err:
        raise ModelError(path.with_suffix(""), f"{path.name} is missing beside it") from err
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise ModelError(path, f"it has no settings of a Piper voice, or was cut short ({_line(err)})") from err
    if config.phoneme_type not in _ALPHABETS:
        raise ModelError(path, f"its language ({config.phoneme_type.value}) needs a download")
    if hertz not in _HERTZ or not known:
        raise ModelError(path, f"it has no phonemes, or a sample rate of {hertz} Hz")
    return settings, config


def _voice(name: str, settings: dict[str, Any], config: PiperConfig, edition: str) -> Voice:
    language = settings.get("language") or {}
    code = str(language.get("code") or config.espeak_voice).replace("_", "-")
    family = code.partition("-")[0]
    country = language.get("country_english")
    words = f"{language.get('name_english') or code}{f' ({country})' if country else ''}"
    return Voice(
        name=name,
        description=f"{settings.get('dataset') or name}, {words}",
        languages=(family, code) if code != family else (family,),
        speakers=tuple(_speakers(config)),
        edition=edition,
    )


def _speakers(config: PiperConfig) -> dict[str, int]:
    """Return the people of a voice by name; by number where it names none; nobody where it is one person."""
    if config.num_speakers <= 1:
        return {}
    return dict(config.speaker_id_map) or {str(number): number for number in range(config.num_speakers)}


def _speaker_id(config: PiperConfig, speaker: str | None) -> int | None:
    return None if speaker is None else _speakers(config)[speaker]


def _edition(*paths: Path) -> str:
    """Return what changes with the files of a voice and with upstream."""
    digest = hashlib.sha256(version("piper-tts").encode())
    for path in paths:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _line(err: Exception) -> str:
    """Return the first line of an error; a missing key says only its name by itself."""
    text = f"{err!r}" if isinstance(err, KeyError) else str(err)
    return (text.splitlines() or [type(err).__name__])[0]
