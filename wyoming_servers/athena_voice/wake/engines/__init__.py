"""Wake word engines. Add a file, add its class here."""

from typing import Final

ALL: Final = {
    "microwakeword": "athena_voice.wake.engines.microwakeword:MicroWakeWordEngine [wake]",
    "openwakeword": "athena_voice.wake.engines.openwakeword:OpenWakeWordEngine [openwakeword]",
}
