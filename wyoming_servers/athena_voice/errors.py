"""Errors of the voice servers.

VoiceError
├── ProtocolError            what a client sent is not Wyoming, or is over a limit
├── RequestError             what a client asked for cannot be had
│   ├── UnknownWakeWordError
│   ├── UnknownVoiceError
│   ├── UnknownSpeakerError
│   ├── UnknownLanguageError
│   ├── TooLongError         a prompt that the model's context has no room for
│   └── BusyError            too many have asked before
├── GoneError                whoever asked does not wait for the answer any more
├── AddressError             the address cannot be listened on
├── EngineError              an engine cannot be used
│   ├── UnknownEngineError
│   ├── MissingExtraError    its packages are not installed
│   └── ModelError           a model file is no good
├── SettingsError            a file or a value that the user gave is no good
├── DownloadError            a file cannot be fetched
└── HomeAssistantError       Home Assistant cannot be asked
    ├── UnreachableError     it is away; it may come back
    ├── AuthenticationError  it refuses the token
    ├── NotSetUpError        Athena is not set up in it (yet)
    └── VocabularyError      its vocabulary is not one this version reads
"""

import shlex
import sys
from collections.abc import Iterable


class VoiceError(Exception):
    """Anything that goes wrong in a voice server; the text is for a person."""


class ProtocolError(VoiceError):
    """What a client sent is not Wyoming, or is over a limit."""


class RequestError(VoiceError):
    """What a client asked for cannot be had; the client is told and may ask again."""

    code = "request-error"


class UnknownWakeWordError(RequestError):
    """A wake word that no model here knows."""

    code = "unknown-wake-word"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown wake word {name!r}; this server has {', '.join(sorted(known))}")


class UnknownVoiceError(RequestError):
    """A voice, or a language, that the engine does not have."""

    code = "unknown-voice"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown voice {name!r}; this server has {', '.join(sorted(known))}")


class UnknownSpeakerError(RequestError):
    """A person whom a voice does not have."""

    code = "unknown-speaker"

    def __init__(self, name: str, voice: str, known: Iterable[str]) -> None:
        there = ", ".join(known) or "one alone, without a name"
        super().__init__(f"unknown speaker {name!r} of the voice {voice}; there is {there}")


class UnknownLanguageError(RequestError):
    """A language that the engine does not understand."""

    code = "unknown-language"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown language {name!r}; this server understands {', '.join(sorted(known))}")


class TooLongError(RequestError):
    """A prompt that the model's context has no room for."""

    code = "exceed_context_size_error"  # as llama.cpp's server calls it

    def __init__(self, tokens: int, context: int) -> None:
        super().__init__(
            f"the prompt has {tokens} tokens, and the context has room for {context} with the answer: "
            "start the server with a larger --context"
        )


class BusyError(RequestError):
    """Too many have asked before; it may be asked again."""

    code = "busy"

    def __init__(self, bound: int) -> None:
        super().__init__(f"this server is busy with {bound} others; ask again")


class GoneError(VoiceError):
    """Whoever asked does not wait for the answer any more: nobody is told."""


class AddressError(VoiceError):
    """The address cannot be listened on."""


class EngineError(VoiceError):
    """An engine cannot be used."""


class UnknownEngineError(EngineError):
    """An engine of a name that is not registered."""


class MissingExtraError(EngineError):
    """The packages of an engine are not installed."""

    def __init__(self, package: str, extra: str) -> None:
        pip = f"{shlex.quote(sys.executable)} -m pip"  # the one of this environment
        super().__init__(f"{package} is not installed; run: {pip} install 'athena-voice[{extra}]'")


class ModelError(EngineError):
    """A model file is no good."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"the model {path} cannot be used: {reason}")


class SettingsError(VoiceError):
    """A file or a value that the user gave is no good."""


class DownloadError(VoiceError):
    """A file cannot be fetched."""

    def __init__(self, what: object, reason: str) -> None:
        super().__init__(f"{what} cannot be downloaded: {reason}")


class HomeAssistantError(VoiceError):
    """Home Assistant cannot be asked."""


class UnreachableError(HomeAssistantError):
    """Home Assistant is away; it may come back."""


class AuthenticationError(HomeAssistantError):
    """Home Assistant refuses the token."""


class NotSetUpError(HomeAssistantError):
    """Athena is not set up in Home Assistant, or not yet."""


class VocabularyError(HomeAssistantError):
    """The vocabulary is not one that this version reads."""
