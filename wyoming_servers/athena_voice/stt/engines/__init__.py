"""Recognition engines. Add a file, add its class here."""

from typing import Final

ALL: Final = {
    "faster-whisper": "athena_voice.stt.engines.faster_whisper:FasterWhisperEngine",
    "home": "athena_voice.stt.engines.home:HomeEngine",
}
EXTRAS: Final = {"faster-whisper": "whisper"}
"""What has packages of its own; the others need those of `stt`."""
