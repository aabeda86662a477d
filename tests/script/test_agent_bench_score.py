"""The judge of the agent's bench: it sees what is right, and every way to be wrong."""

from typing import Any

import pytest
from homeassistant.components.conversation import HOME_ASSISTANT_AGENT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from script.agent.bench.agents import Agent, Entity, Said, Strict
from script.agent.bench.answers import Count, Left, Names, Value, YesOrNo
from script.agent.bench.cases import Case, CaseSet, Group, Turn
from script.agent.bench.expected import Expected, More, Reply, Verdict, score
from script.agent.bench.reference import ByIntent
from script.agent.bench.run import Judged, async_run
from script.agent.virtual.house import open_house
from script.agent.virtual.spec import AreaSpec, HomeSpec, Thing

HOME = HomeSpec(
    name="three lamps",
    areas={"bedroom": AreaSpec(name="Bedroom"), "kitchen": AreaSpec(name="Kitchen")},
    things=(
        Thing(id="light.lamp", name="Lamp", area="bedroom"),
        Thing(id="light.spot", name="Spot", area="bedroom", state="on"),
        Thing(id="light.hob", name="Hob", area="kitchen"),
    ),
)
LAMP_ON = ByIntent(intent="HassTurnOn", slots={"name": "Lamp"})
HALF = ByIntent(intent="HassLightSet", slots={"name": "Lamp", "brightness": 50})
WHICH = ByIntent(intent="HassGetState", slots={"domain": "light", "state": "on", "area": "Bedroom"})


class Planted:
    """An agent that calls an action and says a sentence, whatever it is asked."""

    name = "planted"

    def __init__(
        self, hass: HomeAssistant, speech: str, action: str | None, entity: str | list[str], data: dict[str, Any]
    ) -> None:
        self._hass = hass
        self._speech = speech
        self._action = action
        self._data = {"entity_id": entity, **data}

    async def async_say(self, text: str, device: str, conversation_id: str | None) -> Said:  # noqa: ARG002
        """Do it."""
        if text in {"what time is it", "never mind", "xyzzy"}:
            return Said(response=None, ms=0.0)
        if self._action is not None:
            domain, _, action = self._action.partition(".")
            await self._hass.services.async_call(domain, action, self._data, blocking=True)
        response = intent.IntentResponse(language="en")
        response.async_set_speech(self._speech)
        return Said(response=response, ms=1.0, conversation="planted")


async def _judge(
    text: str,
    expected: ByIntent,
    agent: str = "gazetteer",
    *,
    says: str = "Done.",
    does: str | None = None,
    to: str | list[str] = "light.lamp",
    flaky: float = 0.0,
    data: dict[str, Any] | None = None,
) -> Judged:
    async with open_house() as house:
        speakers: dict[str, Agent] = {
            "gazetteer": Entity(house.hass, "gazetteer", HOME_ASSISTANT_AGENT),
            "hassil": Strict(house.hass),
            "planted": Planted(house.hass, says, does, to, data or {}),
        }
        speaker = speakers[agent]
        case = Case(turns=(Turn(text=text, expected=expected),), source="here")
        cases = CaseSet(name="here", groups=(Group(home=HOME, cases=(case,)),))
        outcome = await async_run(house, cases, [speaker], None, flaky)
        return outcome.results[agent].judged[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("turn on the lamp", LAMP_ON), ("set lamp to 50%", HALF), ("which lights are on in the bedroom", WHICH)],
)
async def test_home_assistants_own_agent_is_right_where_it_understands(text: str, expected: ByIntent) -> None:
    judged = await _judge(text, expected)
    assert (judged.verdict, judged.reply.is_false_success) == (Verdict.RIGHT, False)


async def test_what_is_not_understood_is_declined() -> None:
    assert (await _judge("could the lamp be put on perhaps", LAMP_ON, "hassil")).verdict is Verdict.DECLINED


@pytest.mark.parametrize(
    ("does", "to", "data"),
    [
        ("light.turn_on", "light.hob", {}),
        ("light.turn_on", ["light.lamp", "light.hob"], {}),
        ("light.turn_off", "light.lamp", {}),
        ("light.turn_on", "light.lamp", {"brightness_pct": 10}),
    ],
    ids=["another one", "one too many", "the opposite", "a value nobody named"],
)
async def test_any_other_deed_is_wrong(does: str, to: str | list[str], data: dict[str, Any]) -> None:
    assert (await _judge("turn on the lamp", LAMP_ON, "planted", does=does, to=to, data=data)).verdict is Verdict.WRONG


async def test_another_value_is_wrong_and_the_same_in_other_units_is_right() -> None:
    for value, verdict in ({"brightness_pct": 40}, Verdict.WRONG), ({"brightness": 128}, Verdict.RIGHT):
        judged = await _judge("set lamp to 50%", HALF, "planted", does="light.turn_on", data=value)
        assert judged.verdict is verdict


async def test_a_deed_where_a_question_was_asked_is_wrong() -> None:
    judged = await _judge("which lights are on in the bedroom", WHICH, "planted", says="Spot", does="light.turn_on")
    assert judged.verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("says", "verdict"),
    [
        ("Spot.", Verdict.RIGHT),
        ("Spot and Lamp.", Verdict.WRONG),
        ("None of them.", Verdict.WRONG),
        ("Which room?", Verdict.ASKED),
        ("I didn't catch that.", Verdict.DECLINED),
    ],
)
async def test_an_answer_is_judged_by_what_it_says(says: str, verdict: Verdict) -> None:
    assert (await _judge("which lights are on in the bedroom", WHICH, "planted", says=says)).verdict is verdict


async def test_to_claim_a_deed_that_nobody_did_is_wrong_and_a_false_success() -> None:
    judged = await _judge("turn on the lamp", LAMP_ON, "planted", says="Lamp on.")
    assert (judged.verdict, judged.reply.is_false_success) == (Verdict.WRONG, True)


async def test_to_claim_a_deed_that_the_device_ignores_is_a_false_success() -> None:
    judged = await _judge("turn on the lamp", LAMP_ON, "gazetteer", flaky=1.0)
    assert (judged.reply.speech, judged.reply.is_false_success) == ("Turned on the light", True)


async def test_not_to_claim_it_is_none() -> None:
    judged = await _judge("turn on the lamp", LAMP_ON, "planted", says="Understood.", does="light.turn_on", flaky=1.0)
    assert not judged.reply.is_false_success


def test_a_question_is_right_only_where_one_is_expected_and_names_the_choice() -> None:
    asked = Reply(speech="Which one: LG TV or Bedroom TV?", is_answer=True)
    assert score(Expected(asks=True, options=("LG|Lounge", "Bedroom")), asked) is Verdict.RIGHT
    assert score(Expected(asks=True, options=("Kitchen",)), asked) is Verdict.ASKED
    assert score(Expected(deeds=({"light.lamp": {"state": "on"}},)), asked) is Verdict.ASKED


def test_what_is_so_already_may_be_done_or_left_where_a_set_says_so() -> None:
    on = {"state": "on"}
    expected = Expected(deeds=({"light.a": on, "light.b": on},), already=frozenset({"light.b"}))
    for deeds in ({"light.a": on}, {"light.a": on, "light.b": on}):
        reply = Reply(speech="Lights on.", deeds=deeds, changing=frozenset({"light.a"}))
        assert score(expected, reply) is Verdict.RIGHT
    assert score(expected, Reply(speech="", deeds={"light.b": on})) is Verdict.WRONG
    strict = Expected(deeds=expected.deeds)
    assert score(strict, Reply(speech="", deeds={"light.a": on})) is Verdict.WRONG


def test_a_direction_is_met_by_any_value_on_its_side() -> None:
    expected = Expected(deeds=({"light.a": {"state": "on", "brightness": More(than=100, sign=-1)}},))
    for brightness, verdict in (60, Verdict.RIGHT), (100, Verdict.WRONG), (140, Verdict.WRONG):
        reply = Reply(speech="", deeds={"light.a": {"state": "on", "brightness": brightness}})
        assert score(expected, reply) is verdict


@pytest.mark.parametrize(
    ("answer", "right", "wrong"),
    [
        (
            YesOrNo(is_so=True, matched=("Hob",), others=("Lamp",)),
            ("Yes, Hob.", "yes"),
            ("No.", "Yes, Lamp.", "Hob?", ""),
        ),
        (YesOrNo(is_so=False, states=("off",)), ("No, off", "Lamp is off."), ("Yes.", "It is on.", "It is not off.")),
        (
            Names(matched=("A", "B", "C", "D", "E"), others=("F",)),
            ("A, B, C and 2 more",),
            ("A, B, C", "A, B, C, D, E, F"),
        ),
        (Names(matched=(), others=("A",)), ("None.", "No lights are on."), ("A", "All of them.")),
        (Names(matched=("Bedroom Lamp",), others=("Lamp",)), ("Bedroom Lamp.",), ("Lamp.", "Bedroom Lamp and Lamp.")),
        (Count(number=3), ("3", "Three lights."), ("2", "3 of 4 lights.", "Some.")),
        (Value(number=20.5), ("20.5 °C", "It is 20.5 degrees."), ("20 degrees", "205")),
        (Left(seconds=180), ("3 minutes left.", "2 minutes and 58 seconds"), ("3 seconds left", "Some minutes")),
    ],
)
def test_what_an_answer_must_say(
    answer: YesOrNo | Names | Count | Value | Left, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    assert [said for said in right if not answer.is_said(said)] == []
    assert [said for said in wrong if answer.is_said(said)] == []
