"""What Home Assistant's own handler does with the expected intent and slots: the yardstick of `intents_en`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.components.conversation.default_agent import DefaultAgent
from homeassistant.core import Context
from homeassistant.helpers import intent
from homeassistant.helpers.intent import IntentResponse

from ..virtual.devices import Deeds
from ..virtual.house import PHONE, House
from .answers import Count, Left, Names, Today, Value, YesOrNo, plain
from .cases import Case
from .expected import Answer, Expected

QUESTIONS: Final = frozenset({"HassGetState", "HassClimateGetTemperature", "HassGetWeather"})
SMALL_TALK: Final = {
    "hi ": ("hello", "hi", "hey", "good"),
    "listening": ("wake word", "name", "only"),
    "data": ("home assistant", "server", "stays", "nowhere"),
    "what can i": ("lights", "home", "rooms"),
    "who made": ("community", "people", "made", "created"),
}
"""What an agent with a voice of its own may say instead of Home Assistant's line."""
HIDDEN: Final = ("domain", "device_class")
"""Slots that the sentence decides and the data does not name: taken from Home Assistant's own sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByIntent:
    """Right is what Home Assistant's handler of this intent does, or what it finds."""

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    response: str = ""
    """What the data expects to be said; decides where the words alone do."""

    async def async_expect(self, house: House, case: Case) -> Expected | None:
        """Run the handler in the home as it stands, and return what it did."""
        text = case.turns[0].text
        device = house.satellites[case.area or PHONE]
        slots = {name: {"value": value, "text": str(value)} for name, value in self.slots.items()}
        slots |= await _hidden(house, text, device, self.intent, slots)
        if case.area is not None:
            slots["preferred_area_id"] = {"value": house.areas[case.area]}
        house.devices.plays_what_is_searched = case.plays_what_is_searched
        try:
            response = await intent.async_handle(
                house.hass,
                conversation.DOMAIN,
                self.intent,
                slots,
                text,
                Context(),
                "en",
                assistant=conversation.DOMAIN,
                device_id=device,
            )
        except intent.IntentError:
            return Expected(nothing=True) if not case.plays_what_is_searched else None
        await house.hass.async_block_till_done()
        if house.devices.log.deeds:
            done = {entity: dict(effect) for entity, effect in house.devices.log.deeds.items()}
            return Expected(deeds=(done, *self._as_right(text, done)))
        return self._told(text, response)

    def _as_right(self, text: str, done: Deeds) -> Iterator[Deeds]:
        """Return what is as right as what the handler does: to take off a list what one says to remove from it."""
        if self.intent == "HassShoppingListCompleteItem" and text.split(maxsplit=1)[0] in ("delete", "remove"):
            yield {name: {key.replace("complete", "remove"): True for key in effect} for name, effect in done.items()}

    def _told(self, text: str, response: IntentResponse) -> Expected | None:
        """Return the answer that is right where nothing is done."""
        if self.intent == intent.INTENT_NEVERMIND:
            return Expected(quiet=True, nothing=False)
        answer: Answer | None = None
        if self.intent == intent.INTENT_RESPOND:
            answer = Value(words=_subject(text, self.response))
        elif self.intent in (intent.INTENT_GET_CURRENT_TIME, intent.INTENT_GET_CURRENT_DATE):
            answer = Today(time=self.intent == intent.INTENT_GET_CURRENT_TIME)
        elif self.intent == intent.INTENT_TIMER_STATUS:
            left = response.speech_slots["timers"]
            answer = Left(seconds=left[0]["total_seconds_left"]) if left else None
        elif self.intent in QUESTIONS and (response.matched_states or response.unmatched_states):
            answer = _of_states(self.intent, self.slots, self.response, text, response)
        return Expected(answer=answer) if answer is not None else None


def _subject(text: str, response: str) -> tuple[str, ...]:
    """Return what small talk must have one of: Home Assistant's own answer, or a word that anybody would use."""
    own = next((words for said, words in SMALL_TALK.items() if said in text.casefold()), ())
    return (response, *own)


async def _hidden(
    house: House, text: str, device: str, intent_type: str, slots: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the slots that the data leaves to the sentence."""
    agent = conversation.async_get_agent(house.hass, conversation.HOME_ASSISTANT_AGENT)
    assert isinstance(agent, DefaultAgent)
    request = conversation.ConversationInput(
        text=text,
        context=Context(),
        conversation_id=None,
        device_id=device,
        satellite_id=None,
        language="en",
        agent_id=conversation.HOME_ASSISTANT_AGENT,
    )
    found = await agent.async_recognize_intent(request, strict_intents_only=True)
    if found is None or found.intent.name != intent_type:
        return {}
    return {
        name: {"value": found.entities[name].value, "text": found.entities[name].text}
        for name in HIDDEN
        if name in found.entities and name not in slots
    }


def _of_one(intent_type: str, response: str, found: IntentResponse) -> Answer:
    """Return what is told of a temperature or of the weather."""
    state = found.matched_states[0]
    if intent_type == intent.INTENT_GET_TEMPERATURE:
        return Value(number=float(state.attributes.get("current_temperature", state.state)))
    return Value(number=float(state.attributes["temperature"]), words=(response.rsplit(maxsplit=1)[-1][:4],))


def _of_states(intent_type: str, slots: Mapping[str, Any], response: str, text: str, found: IntentResponse) -> Answer:
    matched = tuple(dict.fromkeys(state.name for state in found.matched_states))
    others = tuple(dict.fromkeys(state.name for state in found.unmatched_states))
    asked = text.casefold().removeprefix("please ").split()
    if intent_type != intent.INTENT_GET_STATE:
        return _of_one(intent_type, response, found)
    if asked[:2] == ["how", "many"]:
        return Count(number=len(found.matched_states))
    if "state" in slots and asked[0] in ("which", "what", "who"):
        return Names(matched=matched, others=others)
    if "state" in slots:
        if asked[:2] == ["are", "all"] or asked[1] in ("everyone", "everybody"):
            return YesOrNo(is_so=not others)
        return YesOrNo(is_so=bool(matched), matched=matched, others=others, states=_words(text, slots, found))
    return _value(found)


def _words(text: str, slots: Mapping[str, Any], found: IntentResponse) -> tuple[str, ...]:
    """Return the words for the state of the one thing that was asked about: its own, and the question's if it is so."""
    if "name" not in slots or not (states := found.matched_states + found.unmatched_states):
        return ()
    asked = (plain(text).split()[-1],) if found.matched_states and "area" not in slots and "floor" not in slots else ()
    return (states[0].state.replace("_", " "), *asked)


def _value(found: IntentResponse) -> Answer:
    state = found.matched_states[0]
    try:
        return Value(number=float(state.state))
    except ValueError:
        return Value(words=(state.state.replace("_", " "),))
