"""Text-to-speech engines. Add a file, add its class here."""

from typing import Final

ALL: Final = {
    "espeak": "athena_voice.tts.engines.espeak:EspeakEngine [tts]",
    "piper": "athena_voice.tts.engines.piper:PiperEngine [piper]",
}
