"""The wake engines. Add a file, add its class here."""

from typing import Final

ALL: Final = {"micro": "athena_voice.wake.engines.micro:MicroWakeWordEngine"}
