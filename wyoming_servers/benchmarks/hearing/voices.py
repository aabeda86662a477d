"""Synthetic voices that no threshold of the home engine was chosen on; eSpeak NG's where there are no others."""

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from athena_voice.audio import Ear, Samples
from athena_voice.tts.engine import EngineSettings
from athena_voice.tts.engines.espeak import EspeakEngine

ROOT: Final = Path(__file__).parents[3]
_PATIENCE_SECONDS: Final = 60
_PREPARE_SECONDS: Final = 600
_WORDS_A_MINUTE: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A program and one of its voices."""

    program: str
    """flite, festival or espeak."""
    name: str
    path: str = ""

    def say(self, text: str, rate: float) -> Samples:
        """Return a text, spoken so many times as fast as the voice usually does. Blocking."""
        if self.program == "espeak":
            return _espeak(text, self.name, rate)
        with tempfile.TemporaryDirectory() as folder:
            wav = Path(folder, "said.wav")
            command, script = self._command(text, rate, wav)
            subprocess.run(command, input=script, check=True, capture_output=True, text=True, timeout=_PATIENCE_SECONDS)
            return read_wav(wav)

    def _command(self, text: str, rate: float, wav: Path) -> tuple[list[str], str]:
        stretch = f"{1 / rate:.3f}"
        if self.program == "flite":
            return [
                self.path,
                "-voice",
                self.name,
                "--setf",
                f"duration_stretch={stretch}",
                "-t",
                text,
                "-o",
                str(wav),
            ], ""
        quoted = text.replace("\\", "").replace('"', "")
        utterance = f'(utt.synth (Utterance Text "{quoted}"))'
        script = f"(voice_{self.name}) (Parameter.set 'Duration_Stretch {stretch})"
        return [self.path, "--pipe"], f'{script} (utt.save.wave {utterance} "{wav}" \'riff)\n'


ESPEAK: Final = (
    Voice(program="espeak", name="en-us"),
    Voice(program="espeak", name="en-gb-scotland"),
    Voice(program="espeak", name="en-gb-x-rp"),
)


def voices() -> Sequence[Voice]:
    """Return the voices of this machine; Debian's, without installing them, where that can be done. Blocking."""
    flite, festival = _programs()
    if not flite:
        return ESPEAK
    found = [Voice(program="flite", name=name, path=flite) for name in ("slt", "rms")]
    if festival:
        found.append(Voice(program="festival", name="ked_diphone", path=festival))
    return found


def _programs() -> tuple[str, str]:
    """Return flite and festival, as far as they are there."""
    try:
        done = subprocess.run(
            [ROOT / "script" / "voices"], stdout=subprocess.PIPE, text=True, check=False, timeout=_PREPARE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return shutil.which("flite") or "", ""
    if done.returncode:
        return shutil.which("flite") or "", ""
    folder = Path(done.stdout.strip())
    return str(folder / "flite"), str(folder / "festival")


def read_wav(path: Path) -> Samples:
    """Return a WAV file as the engines hear it. Blocking."""
    with wave.open(str(path), "rb") as file:
        ear = Ear(rate=file.getframerate(), width=file.getsampwidth(), channels=file.getnchannels())
        audio = file.readframes(file.getnframes())
    return np.concatenate((ear.hear(audio), ear.finish()))


def _espeak(text: str, voice: str, rate: float) -> Samples:
    engine = EspeakEngine(EngineSettings(words_a_minute=round(_WORDS_A_MINUTE * rate), folder=ROOT))
    ear = Ear(rate=engine.format.rate, width=engine.format.width, channels=engine.format.channels)
    audio: list[bytes] = []

    def sink(data: bytes) -> bool:
        audio.append(data)
        return True

    engine.speak(text, voice=voice, speaker=None, sink=sink)
    return np.concatenate((ear.hear(b"".join(audio)), ear.finish()))
