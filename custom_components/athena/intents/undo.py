"""Undo that."""

from typing import override

import probatio as vol
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import intent

from ..agent.deed_lines import Teller
from ..agent.guard.risk import judge, policy_of
from ..agent.guard.verdict import Granted, Kind
from ..agent.home import Home
from ..agent.persona import load_persona
from ..brain import phrases
from ..const import DOMAIN, LANGUAGE
from ..deed import Deed, speaker_of
from ..runtime import Runtime


class UndoIntent(intent.IntentHandler):
    """Put back what was before the speaker's last deeds, where the guard lets it be put back."""

    intent_type = "AthenaUndo"
    description = "Puts lights, covers, climate and other devices back as they were before what was asked last"

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {vol.Optional("preferred_area_id"): cv.string}

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Undo, and say what the states show then. Undoing "lock the door" would unlock it: that is refused."""
        slots = self.async_validate_slots(intent_obj.slots)
        hass, doer = intent_obj.hass, self._runtime.doer
        speaker = speaker_of(intent_obj.satellite_id, intent_obj.device_id, intent_obj.context.user_id)
        persona = await hass.async_add_executor_job(load_persona, LANGUAGE)
        response = intent_obj.create_response()
        deeds = doer.undo.deeds(hass, speaker)
        if not deeds:
            response.async_set_speech(persona.say("nothing_to_undo"))
            return response
        doer.undo.forget(speaker)
        if not (allowed := [deed for deed in deeds if self._may(intent_obj, deed)]):
            response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, phrases.CANNOT_DO)
            return response
        outcomes = await doer.async_do_all(allowed, intent_obj.context)
        teller = Teller(
            home=Home(),
            states=hass.states.get,
            persona=persona,
            area=slots.get("preferred_area_id", {}).get("value"),
        )
        refused = [phrases.CANNOT_DO] if len(allowed) < len(deeds) else []
        response.async_set_speech(" ".join([teller.told(outcomes), *refused]))
        return response

    def _may(self, intent_obj: intent.Intent, deed: Deed) -> bool:
        """Return whether a deed does no harm; that many are meant needs no second yes."""
        entry = next(iter(intent_obj.hass.config_entries.async_loaded_entries(DOMAIN)))
        verdict = judge([deed], Home(), intent_obj.hass.states.get, policy_of(entry.options), Granted.YES)
        return verdict.kind is Kind.ALLOW
