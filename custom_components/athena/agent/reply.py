"""What a turn ends with."""

from dataclasses import dataclass
from typing import Self

from homeassistant.helpers import intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What Home Assistant is told of a turn."""

    response: intent.IntentResponse
    is_question: bool = False
    """Athena listens for the answer."""
    options: tuple[str, ...] = ()
    """Between what the question lets choose; empty where it is to be confirmed."""
    about: tuple[str, ...] = ()
    """The entities that were asked about or done something to, for "them"."""

    @property
    def speech(self) -> str:
        """Return what is said."""
        return str(self.response.speech.get("plain", {}).get("speech", ""))

    @classmethod
    def told(cls, language: str, speech: str, *, is_question: bool = False, options: tuple[str, ...] = ()) -> Self:
        """Answer: nothing was done."""
        response = intent.IntentResponse(language=language)
        response.response_type = intent.IntentResponseType.QUERY_ANSWER
        response.async_set_speech(speech)
        return cls(response=response, is_question=is_question, options=options)

    @classmethod
    def refused(
        cls,
        language: str,
        speech: str,
        code: intent.IntentResponseErrorCode = intent.IntentResponseErrorCode.FAILED_TO_HANDLE,
    ) -> Self:
        """Answer that it was not done."""
        response = intent.IntentResponse(language=language)
        response.async_set_error(code, speech)
        return cls(response=response)
