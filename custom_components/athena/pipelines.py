"""Assist pipelines that let Home Assistant act before Athena has heard of it, and so before her guard."""

from collections.abc import Container
from datetime import timedelta
from typing import Any, Final

from homeassistant.components.assist_pipeline import DOMAIN as ASSIST_PIPELINE_DOMAIN
from homeassistant.components.assist_pipeline import async_get_pipelines, async_update_pipeline
from homeassistant.components.assist_pipeline.pipeline import Pipeline
from homeassistant.components.conversation import DOMAIN as CONVERSATION_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN

PREFERS_LOCAL: Final = "prefers_local"

CHECK_EVERY: Final = timedelta(minutes=1)
"""Until it is told, a lock may be opened by a word."""


@callback
def check(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Tell of each such pipeline once, and take back what has been mended."""
    if ASSIST_PIPELINE_DOMAIN not in hass.config.components:
        return
    pipelines = {f"{PREFERS_LOCAL}_{one.id}": one for one in async_get_pipelines(hass) if _passes_by(hass, entry, one)}
    take_back(hass, kept=pipelines)
    for issue, pipeline in pipelines.items():
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue,
            is_fixable=True,
            severity=ir.IssueSeverity.WARNING,
            translation_key=PREFERS_LOCAL,
            translation_placeholders={"pipeline": pipeline.name},
            data={"pipeline": pipeline.id},
        )


@callback
def name_of(hass: HomeAssistant, pipeline_id: str) -> str:
    """Return what a pipeline is called; its id where it is gone."""
    return next((one.name for one in async_get_pipelines(hass) if one.id == pipeline_id), pipeline_id)


async def async_mend(hass: HomeAssistant, pipeline_id: str) -> None:
    """Let a pipeline ask Athena first; one that is gone needs nothing."""
    for pipeline in async_get_pipelines(hass):
        if pipeline.id == pipeline_id:
            await async_update_pipeline(hass, pipeline, prefer_local_intents=False)
            return


@callback
def take_back(hass: HomeAssistant, *, kept: Container[str] = ()) -> None:
    """Tell no longer of any but those kept."""
    known = [issue for domain, issue in ir.async_get(hass).issues if domain == DOMAIN]
    for issue in known:
        if issue.startswith(PREFERS_LOCAL) and issue not in kept:
            ir.async_delete_issue(hass, DOMAIN, issue)


def _passes_by(hass: HomeAssistant, entry: ConfigEntry[Any], pipeline: Pipeline) -> bool:
    agent = er.async_get(hass).async_get_entity_id(CONVERSATION_DOMAIN, DOMAIN, entry.entry_id)
    return pipeline.prefer_local_intents and pipeline.conversation_engine == agent
