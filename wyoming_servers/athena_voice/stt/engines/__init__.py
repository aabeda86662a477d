"""Recognition engines. Add a file, add its class here."""

from typing import Final

ALL: Final = {
    "faster-whisper": "athena_voice.stt.engines.faster_whisper:FasterWhisperEngine [whisper]",
    "home": "athena_voice.stt.engines.home:HomeEngine [stt]",
}
