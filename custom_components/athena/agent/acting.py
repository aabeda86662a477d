"""What the guard has let through is done, looked at, kept for undoing, and told."""

from collections.abc import Sequence

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent, llm

from ..brain import phrases
from ..deed import Deed, Outcome, Request, Result, speaker_of
from .deed_lines import Teller
from .handling import async_handle
from .reading import Plan
from .reply import Reply
from .tiers.tier import Means, Turn


class Acting:
    """Carries out what was read."""

    def __init__(self, means: Means) -> None:
        self._hass = means.hass
        self._doer = means.entry.runtime_data.doer
        self._persona = means.wordings.persona

    async def async_act(self, plan: Plan, turn: Turn) -> Reply:
        """Do a plan, and return what has become of it: by the states read back, never by hope."""
        before = self._doer.before(plan.deeds)
        responses: list[intent.IntentResponse] = []
        outcomes: list[Outcome] = []
        for step in _together(plan):
            if turn.is_over:
                break  # nobody waits for the rest
            if isinstance(step, Request):
                responses.append(response := await async_handle(self._hass, step, turn))
                if step.deeds and response.response_type is not intent.IntentResponseType.ERROR:
                    outcomes += await self._doer.async_check(step.deeds, before, turn.asked.context, turn.deadline)
            else:
                outcomes += await self._async_do(step, turn)
        turn.trace.outcomes = tuple(outcomes)
        if plan.deeds:
            asked = turn.asked
            self._doer.undo.keep(speaker_of(asked.satellite_id, asked.device_id, asked.context.user_id), before)
        return self._reply(turn, responses, outcomes)

    async def _async_do(self, deeds: Sequence[Deed], turn: Turn) -> list[Outcome]:
        """Do them, and let Home Assistant's debug views see it."""
        calls = [
            llm.ToolInput(
                tool_name=f"{deed.domain}.{deed.action}",
                tool_args={**deed.data, "entity_id": list(deed.entities)},
                external=True,
            )
            for deed in deeds
        ]
        agent = turn.asked.agent_id
        turn.chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=agent, content=None, tool_calls=calls)
        )
        outcomes = await self._doer.async_do_all(deeds, turn.asked.context, turn.deadline)
        for call, outcome in zip(calls, outcomes, strict=True):
            turn.chat_log.async_add_assistant_content_without_tools(
                conversation.ToolResultContent(
                    agent_id=agent,
                    tool_call_id=call.id,
                    tool_name=call.tool_name,
                    result=llm.ToolResult(data={"result": outcome.result}, error=bool(outcome.failed)),
                )
            )
        return outcomes

    def _reply(self, turn: Turn, responses: Sequence[intent.IntentResponse], outcomes: Sequence[Outcome]) -> Reply:
        """Return what is said: of deeds what their states show, else what the handler says."""
        if len(responses) == 1 and (not outcomes or responses[0].response_type is intent.IntentResponseType.ERROR):
            return Reply(response=_spoken(responses[0]), about=_about(responses))
        response = intent.IntentResponse(language=turn.asked.language)
        results = [_targets(self._hass, outcome) for outcome in outcomes]
        response.async_set_results(
            [target for done, _ in results for target in done], [target for _, failed in results for target in failed]
        )
        speech = [self._told(outcomes, turn)] if outcomes else []
        response.async_set_speech(" ".join([*speech, *(_speech_of(one) for one in responses)]) or phrases.UNDERSTOOD)
        done = dict.fromkeys(entity for outcome in outcomes for entity in outcome.deed.entities)
        return Reply(response=response, about=(*done, *_about(responses)))

    def _told(self, outcomes: Sequence[Outcome], turn: Turn) -> str:
        teller = Teller(home=turn.home, states=turn.situation.states, persona=self._persona, area=turn.situation.area)
        return teller.told(outcomes)


def _together(plan: Plan) -> list[Request | list[Deed]]:
    """Return the steps in their order, deeds that follow each other as one."""
    steps: list[Request | list[Deed]] = []
    for step in plan.steps:
        if isinstance(step, Request):
            steps.append(step)
        elif steps and isinstance(steps[-1], list):
            steps[-1].append(step)
        else:
            steps.append([step])
    return steps


def _spoken(response: intent.IntentResponse) -> intent.IntentResponse:
    if not _speech_of(response):
        response.async_set_speech(phrases.UNDERSTOOD)
    return response


def _about(responses: Sequence[intent.IntentResponse]) -> tuple[str, ...]:
    """Return what Home Assistant has answered about: what the answer is "yes" for, where it is for some."""
    states = [state for response in responses for state in response.matched_states or response.unmatched_states]
    return tuple(dict.fromkeys(state.entity_id for state in states))


def _speech_of(response: intent.IntentResponse) -> str:
    return str(response.speech.get("plain", {}).get("speech", ""))


def _targets(
    hass: HomeAssistant, outcome: Outcome
) -> tuple[list[intent.IntentResponseTarget], list[intent.IntentResponseTarget]]:
    """Return the entities of a deed that was done, and of those that failed, as Home Assistant tells them."""
    targets = {
        entity: intent.IntentResponseTarget(
            name=state.name if (state := hass.states.get(entity)) is not None else entity,
            type=intent.IntentResponseTargetType.ENTITY,
            id=entity,
        )
        for entity in outcome.deed.entities
    }
    failed = outcome.failed or (outcome.deed.entities if outcome.result is Result.FAILED else ())
    return (
        [target for entity, target in targets.items() if entity not in failed],
        [target for entity, target in targets.items() if entity in failed],
    )
