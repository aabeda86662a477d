"""What Home Assistant did, in the persona's words: the shortest answer that is true."""

from typing import Final

from homeassistant.const import ATTR_DEVICE_CLASS
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers.area_registry import AreaEntry
from homeassistant.helpers.intent import (
    INTENT_TURN_OFF,
    INTENT_TURN_ON,
    IntentResponse,
    IntentResponseErrorCode,
    IntentResponseTargetType,
    IntentResponseType,
)

from ..areas import area_of
from ..brain import phrases

ERRORS: Final = {
    IntentResponseErrorCode.NO_INTENT_MATCH: phrases.DID_NOT_CATCH,
    IntentResponseErrorCode.NO_VALID_TARGETS: phrases.CANNOT_DO,
}


@callback
def reply_to(hass: HomeAssistant, response: IntentResponse, speaker_area: AreaEntry | None) -> str:
    """Return what Athena says after Home Assistant has answered a request.

    An answer to a question stays Home Assistant's own. A deed is told from the states read back after it, and only
    where they show it; otherwise the order was understood, and no more is claimed.
    """
    if response.response_type is IntentResponseType.ERROR:
        return ERRORS.get(response.error_code or IntentResponseErrorCode.UNKNOWN, phrases.WENT_WRONG)
    if response.failed_results:
        return phrases.WENT_WRONG
    speech: str = response.speech.get("plain", {}).get("speech") or phrases.UNDERSTOOD
    states = _targets(hass, response)
    if response.response_type is IntentResponseType.QUERY_ANSWER or not states:
        return speech
    return _deed(hass, response, states, speaker_area) or phrases.UNDERSTOOD


def _targets(hass: HomeAssistant, response: IntentResponse) -> list[State]:
    targets = (result for result in response.success_results if result.type is IntentResponseTargetType.ENTITY)
    return [state for target in targets if target.id is not None and (state := hass.states.get(target.id)) is not None]


def _deed(
    hass: HomeAssistant, response: IntentResponse, states: list[State], speaker_area: AreaEntry | None
) -> str | None:
    """Return "Lamp on." or "Lights off.", or None where the states do not show one such thing."""
    asked = response.intent
    if asked is None or asked.intent_type not in (INTENT_TURN_ON, INTENT_TURN_OFF):
        return None
    words = {phrases.STATES.get(state.state) for state in states}
    word = words.pop()
    if words or word is None or not _agrees(asked.intent_type, states[0]):
        return None
    if len(states) == 1 and "name" in asked.slots:
        return phrases.device_is(_name(hass, states[0], speaker_area), word)
    kinds = {_kind(state) for state in states}
    kind = kinds.pop()
    return None if kinds or kind is None else phrases.device_is(kind, word)


def _kind(state: State) -> str | None:
    return phrases.KINDS.get(state.attributes.get(ATTR_DEVICE_CLASS, "")) or phrases.KINDS.get(state.domain)


def _agrees(intent_type: str, state: State) -> bool:
    """Return whether the state is what was asked for; turning a lock on locks it."""
    return (state.state in phrases.ON_STATES) is (intent_type == INTENT_TURN_ON)


def _name(hass: HomeAssistant, state: State, speaker_area: AreaEntry | None) -> str:
    """Return the entity's name; the speaker's own room goes without saying."""
    area = area_of(hass, entity_id=state.entity_id, device_id=None)
    if area is None or speaker_area is None or area.id != speaker_area.id:
        return state.name
    prefix = f"{area.name} "
    return state.name[len(prefix) :] if state.name.casefold().startswith(prefix.casefold()) else state.name
