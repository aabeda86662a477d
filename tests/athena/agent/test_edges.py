"""What no sentence can be, tiers that break, and a guard on every path."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from homeassistant.components import conversation
from homeassistant.components.conversation.chat_log import async_get_chat_log
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers import chat_session
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.athena.agent.llm.model import Model
from custom_components.athena.agent.llm.turn import Asked, Part, Said, Usage
from custom_components.athena.agent.reading import Plan, Reading
from custom_components.athena.agent.tiers.gazetteer import GazetteerTier
from custom_components.athena.agent.tiers.home_assistant import HomeAssistantTier
from custom_components.athena.agent.tiers.resolver import ResolverTier
from custom_components.athena.agent.tiers.tier import Turn
from custom_components.athena.deed import Deed, Request

from ..saying import AGENT, Speaker, expose

DID_NOT_CATCH = "I didn't catch that."
UNLOCK = Plan(steps=(Deed(domain="lock", action="unlock", entities=("lock.front_door",)),))


@pytest.fixture
async def speaker(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    """Return somebody at a home whose front door is locked."""
    expose(hass, "lock.front_door")
    await hass.services.async_call("lock", "lock", {"entity_id": "lock.front_door"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    return Speaker(hass)


async def _is_refused_at_once(
    speaker: Speaker,
    athena: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    text: str,
    cause: str,
    language: str = "en",
) -> None:
    with caplog.at_level(logging.INFO, "custom_components.athena"):
        assert await speaker.says(text, language) == DID_NOT_CATCH
    assert cause in caplog.text
    trace = athena.runtime_data.traces.as_list(with_texts=True)[-1]
    assert trace["tried"] == [], "no matcher may see it"
    assert trace["deeds"] == []


async def test_an_empty_utterance(speaker: Speaker, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture) -> None:
    await _is_refused_at_once(speaker, athena, caplog, "   ", "it was empty")


async def test_an_utterance_of_5000_words(
    speaker: Speaker, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    await _is_refused_at_once(speaker, athena, caplog, "turn on the lamp and " * 1000, "it had 20999 characters")


async def test_another_language(speaker: Speaker, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture) -> None:
    await _is_refused_at_once(speaker, athena, caplog, "mach das Licht an", "it was in 'de'", "de")


async def test_control_characters(speaker: Speaker, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture) -> None:
    await _is_refused_at_once(speaker, athena, caplog, "turn on\x00 the\x1b[2J lamp", "it had control characters")


async def test_a_tier_that_raises_leaves_the_others_working_and_is_logged_once(
    hass: HomeAssistant, speaker: Speaker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks(_tier: ResolverTier, _turn: Turn) -> None:
        raise ZeroDivisionError("a screw is loose")

    with monkeypatch.context() as patch:
        patch.setattr(ResolverTier, "async_read", breaks)
        assert await speaker.says("turn on the kitchen light") == "Kitchen Light on."
        assert await speaker.says("turn off the kitchen light") == "Kitchen Light off."
    assert caplog.text.count("The resolver tier fails") == 1
    await speaker.says("turn on the kitchen light")
    assert "The resolver tier works again" in caplog.text


# ---- the guard


async def test_the_front_door_is_not_unlocked_by_home_assistants_own_sentence(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = async_mock_service(hass, "lock", "unlock")
    monkeypatch.setattr(ResolverTier, "async_read", _reads_nothing)
    assert await speaker.says("unlock the front door") == "I can't do that."
    assert _last(athena) == ("home_assistant", "refuse")
    assert calls == []


async def test_the_front_door_is_not_unlocked_by_the_gazetteer(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = async_mock_service(hass, "lock", "unlock")
    monkeypatch.setattr(ResolverTier, "async_read", _reads_nothing)
    assert await speaker.says("unlock the frnt door") == "I can't do that."
    assert _last(athena) == ("gazetteer", "refuse")
    assert calls == []


async def test_the_front_door_is_not_unlocked_by_the_resolver(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = async_mock_service(hass, "lock", "unlock")
    for tier in (HomeAssistantTier, GazetteerTier):
        monkeypatch.setattr(tier, "async_read", _reads_nothing)
    assert await speaker.says("unlock the front door") == "I can't do that."
    assert _last(athena) == ("resolver", "refuse")
    assert calls == []


async def test_what_contradicts_the_words_is_not_done_and_another_may_read_them(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reads_the_opposite(_tier: ResolverTier, _turn: Turn) -> Plan:
        return Plan(steps=(Deed(domain="light", action="turn_off", entities=("light.kitchen_light",)),))

    monkeypatch.setattr(ResolverTier, "async_read", reads_the_opposite)
    assert await speaker.says("turn on the kitchen light") == "Kitchen Light on."
    assert _last(athena) == ("home_assistant", "allow")


async def _reads_nothing(_tier: object, _turn: Turn) -> None:
    return None


def _last(athena: MockConfigEntry) -> tuple[str, str | None]:
    trace = athena.runtime_data.traces.as_list(with_texts=False)[-1]
    return trace["tier"], trace["verdict"]


# ---- the deadline


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.athena.agent.turns.DEADLINE", 1.0)


@pytest.mark.usefixtures("_hurried")
async def test_what_is_understood_too_late_is_not_done(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads_on = asyncio.Event()

    async def reads_slowly(_tier: ResolverTier, turn: Turn) -> Plan:
        await reads_on.wait()
        return Plan(steps=(Deed(domain="light", action="turn_on", entities=("light.kitchen_light",)),))

    monkeypatch.setattr(ResolverTier, "async_read", reads_slowly)
    said = hass.async_create_task(
        conversation.async_converse(hass, "turn on the kitchen light", None, Context(), agent_id=AGENT, language="en")
    )
    assert (await said).response.speech["plain"]["speech"] == "Something went wrong."
    reads_on.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.is_state("light.kitchen_light", "off")
    trace = athena.runtime_data.traces.as_list(with_texts=True)[-1]
    assert trace["late"]
    assert trace["outcomes"] == []


async def test_a_question_that_nobody_has_heard_waits_for_no_yes(
    hass: HomeAssistant, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads_on = asyncio.Event()
    read = ResolverTier.async_read

    async def reads_slowly(tier: ResolverTier, turn: Turn) -> Reading | None:
        await reads_on.wait()
        return await read(tier, turn)

    await speaker.says("turn on the bedroom lamp")
    with monkeypatch.context() as patch:
        patch.setattr("custom_components.athena.agent.turns.DEADLINE", 1.0)
        patch.setattr(ResolverTier, "async_read", reads_slowly)
        first = await conversation.async_converse(
            hass, "turn everything off", speaker.conversation, Context(), agent_id=AGENT, language="en"
        )
    assert first.response.speech["plain"]["speech"] == "Something went wrong."
    reads_on.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await speaker.says("yes") == DID_NOT_CATCH
    assert hass.states.is_state("light.bedroom_lamp", "on")


@pytest.mark.usefixtures("_hurried")
async def test_after_the_deadline_what_was_begun_goes_on_and_the_rest_is_left(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns_on, turned_on = asyncio.Event(), []

    async def turn_on(call: ServiceCall) -> None:
        await turns_on.wait()
        turned_on.append(call.data["entity_id"])

    async def reads_two_steps(_tier: ResolverTier, _turn: Turn) -> Plan:
        light = Deed(domain="light", action="turn_on", entities=("light.kitchen_light",))
        return Plan(steps=(light, Request(intent="AthenaQuiet", slots={"area": "kitchen"}), light))

    hass.services.async_register("light", "turn_on", turn_on)
    monkeypatch.setattr(ResolverTier, "async_read", reads_two_steps)
    said = await conversation.async_converse(hass, "xyzzy", None, Context(), agent_id=AGENT, language="en")
    assert said.response.speech["plain"]["speech"] == "Something went wrong."
    turns_on.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert turned_on == [["light.kitchen_light"]]
    assert not athena.runtime_data.room("kitchen").quiet


# ---- the user's own sentences


async def test_a_sentence_trigger_comes_before_everything_home_assistant_reads(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker
) -> None:
    heard: list[str] = []

    async def heard_it(said: conversation.ConversationInput, _result: object) -> str:
        heard.append(said.text)
        return "A party it is."

    conversation.get_agent_manager(hass).register_trigger(["turn on the lamp"], heard_it)
    assert await speaker.says("turn on the lamp") == "A party it is."
    assert heard == ["turn on the lamp"]
    assert hass.states.is_state("light.lamp", "off")


@pytest.mark.parametrize("said", ["good night", "Athena, good night", "Good night!"])
async def test_a_sentence_trigger_comes_before_athenas_own_sentences_too(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, said: str
) -> None:
    async def heard_it(_said: conversation.ConversationInput, _result: object) -> str:
        return "Sleep well."

    conversation.get_agent_manager(hass).register_trigger(["good night"], heard_it)
    assert await speaker.says(said) == "Sleep well."
    assert _last(athena) == ("triggers", None)


async def test_a_sentence_that_the_user_wrote_comes_before_what_athena_makes_of_it(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, tmp_path: Path
) -> None:
    hass.config.config_dir = str(tmp_path)
    folder = tmp_path / "custom_sentences" / "en"
    folder.mkdir(parents=True)
    (tmp_path / "configuration.yaml").touch()
    (folder / "mine.yaml").write_text(
        """
        language: en
        intents:
          HassTurnOn:
            data:
              - sentences: ["turn on the kitchen light"]
                slots: {name: Coffee Maker}
        """
    )
    await hass.services.async_call("conversation", "reload", {}, blocking=True)
    assert await speaker.says("turn on the kitchen light") == "Coffee Maker on."
    assert _last(athena) == ("custom_sentences", "allow")
    assert await speaker.says("turn on the lamp") != ""
    assert _last(athena)[0] == "resolver"


# ---- a model


class _Muser(Model):
    """A model that says what it is given, then muses for ever."""

    def __init__(self, pieces: list[str], plan: Plan | None = None, *, forever: bool) -> None:
        self.usage = Usage()
        self._plan = plan
        self._pieces = pieces
        self._forever = forever
        self.is_musing = asyncio.Event()
        self.was_broken_off = False

    async def async_read(self, asked: Asked) -> AsyncGenerator[Part]:
        assert asked.text
        try:
            for piece in self._pieces:
                yield Said(text=piece)
            if self._plan is not None:
                yield self._plan
            if self._forever:
                self.is_musing.set()
                await asyncio.Event().wait()
        except BaseException:
            self.was_broken_off = True
            raise


def _think(monkeypatch: pytest.MonkeyPatch, model: _Muser) -> None:
    async def model_of(*_given: object) -> _Muser:
        return model

    monkeypatch.setattr("custom_components.athena.agent.tiers.model.async_model_of", model_of)


async def test_what_a_model_says_is_spoken_piece_by_piece(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    _think(monkeypatch, _Muser(["Forty-two. ", "That is all."], forever=False))
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await Speaker(hass).says("what is the meaning of it all") == "Forty-two. That is all."


@pytest.mark.parametrize("is_quiet", [False, True])
async def test_in_quiet_hours_nothing_is_spoken_while_a_model_still_thinks(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch, *, is_quiet: bool
) -> None:
    _think(monkeypatch, _Muser(["Forty-two. ", "That is all."], forever=False))
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    device = dr.async_get(hass).async_get_or_create(config_entry_id=entry.entry_id, identifiers={("test", "puck")})
    dr.async_get(hass).async_update_device(device.id, area_id="bedroom")
    if is_quiet:
        await Speaker(hass, device.id).says("quiet mode")
    spoken: list[object] = []
    with (
        chat_session.async_get_chat_session(hass) as session,
        async_get_chat_log(hass, session, chat_log_delta_listener=lambda _log, delta: spoken.append(delta)),
    ):
        said = await conversation.async_converse(
            hass,
            "what is the meaning of it all",
            session.conversation_id,
            Context(),
            agent_id=AGENT,
            device_id=device.id,
            language="en",
        )
    pieces = [{"role": "assistant"}, {"content": "Forty-two. "}, {"content": "That is all."}]
    assert spoken == ([] if is_quiet else pieces)
    assert said.response.speech["plain"]["speech"] == ("" if is_quiet else "Forty-two. That is all.")


async def test_what_a_model_says_before_it_acts_is_said_before_the_answer(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = Plan(steps=(Deed(domain="light", action="turn_on", entities=("light.kitchen_light",)),))
    _think(monkeypatch, _Muser(["I'm back online. "], light, forever=False))
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await Speaker(hass).says("would you make it nicer where I cook") == "I'm back online. Kitchen Light on."


async def test_a_model_that_muses_for_ever_is_given_up_and_the_next_command_is_done(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = _Muser([], forever=True)
    _think(monkeypatch, model)
    monkeypatch.setattr("custom_components.athena.agent.turns.DEADLINE", 1.0)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    speaker = Speaker(hass)
    assert await speaker.says("what is the meaning of it all") == "Something went wrong."
    assert model.was_broken_off
    assert entry.runtime_data.traces.as_list(with_texts=False)[-1]["late"]


async def test_a_model_is_broken_off_when_the_person_speaks_again(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = _Muser([], forever=True)
    _think(monkeypatch, model)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    first = hass.async_create_task(
        conversation.async_converse(
            hass, "what is the meaning of it all", None, Context(), agent_id=AGENT, device_id="a", language="en"
        )
    )
    await model.is_musing.wait()
    speaker = Speaker(hass, "a")
    assert await speaker.says("turn on the kitchen light") == "Kitchen Light on."
    assert model.was_broken_off
    assert (await first).response.speech["plain"]["speech"] == "Something went wrong."
