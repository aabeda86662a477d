"""Recognition engines. Add a file, add its class here."""

from typing import Final

ALL: Final = {"home": "athena_voice.stt.engines.home:HomeEngine"}
