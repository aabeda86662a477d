"""Naming the server of the language model that answers what nothing else does."""

from typing import Any, Final

import probatio as vol
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigSubentryFlow, SubentryFlowResult
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..agent.llm.body import body_of
from ..agent.llm.client import Client
from ..agent.llm.server import (
    CONF_API_KEY,
    CONF_EXTRA,
    CONF_HISTORY,
    CONF_MODEL,
    CONF_URL,
    DEFAULT_URL,
    HISTORY,
    NoSuchModelError,
    Served,
    ServerError,
    server_of,
    url_of,
)
from ..const import SUBENTRY_AGENT

TRY_WITHIN: Final = 30.0
"""Seconds until a model's first word, in the test: one that is not loaded yet takes its time."""

SERVER: Final = vol.Schema(
    {
        vol.Required(CONF_URL, default=DEFAULT_URL): TextSelector(TextSelectorConfig(type=TextSelectorType.URL)),
        vol.Optional(CONF_API_KEY): TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD)),
    }
)
TURNS: Final = NumberSelector(NumberSelectorConfig(min=0, max=20, step=1, mode=NumberSelectorMode.BOX))
EXTRA: Final = TextSelector(TextSelectorConfig(multiline=True))


class AgentSubentryFlow(ConfigSubentryFlow):
    """The model is asked through a server that somebody runs: Athena's own, llama.cpp's, or another."""

    def __init__(self) -> None:
        self._named: dict[str, Any] = {}
        self._served = Served(models=(), is_llama_cpp=False)

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the server; a hub has one."""
        if any(self._get_entry().get_subentries_of_type(SUBENTRY_AGENT)):
            return self.async_abort(reason="already_configured")
        return await self._async_server("user", user_input, {})

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for another server."""
        return await self._async_server("reconfigure", user_input, dict(self._get_reconfigure_subentry().data))

    async def _async_server(
        self, step: str, user_input: dict[str, Any] | None, kept: dict[str, Any]
    ) -> SubentryFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            self._named = {**user_input, CONF_URL: url_of(user_input[CONF_URL])}
            try:
                self._served = await self._client(self._named).async_probe()
            except ServerError as err:
                errors["base"] = err.key
            else:
                return await self.async_step_model()
        form = self.add_suggested_values_to_schema(SERVER, user_input if user_input is not None else kept)
        return self.async_show_form(step_id=step, data_schema=form, errors=errors, last_step=False)

    async def async_step_model(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the model, and try it."""
        errors: dict[str, str] = {}
        if user_input is not None:
            data = {key: value for key, value in {**self._named, **user_input}.items() if value not in ("", None)}
            data[CONF_HISTORY] = int(data.get(CONF_HISTORY, HISTORY))
            try:
                await self._async_try(data)
            except ServerError as err:
                errors["base"] = err.key
            else:
                return self._keep(data)
        form = self.add_suggested_values_to_schema(self._form(), user_input if user_input is not None else self._kept())
        return self.async_show_form(step_id="model", data_schema=form, errors=errors, last_step=True)

    def _form(self) -> vol.Schema:
        models = SelectSelectorConfig(
            options=list(self._served.models), custom_value=True, mode=SelectSelectorMode.DROPDOWN
        )
        return vol.Schema(
            {
                vol.Optional(CONF_MODEL): SelectSelector(models),
                vol.Required(CONF_HISTORY, default=HISTORY): TURNS,
                vol.Optional(CONF_EXTRA): EXTRA,
            }
        )

    def _kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        if self.source == SOURCE_RECONFIGURE:
            kept = dict(self._get_reconfigure_subentry().data)
        if self._served.models and kept.get(CONF_MODEL) not in self._served.models:
            kept[CONF_MODEL] = self._served.models[0]
        return kept

    def _client(self, data: dict[str, Any]) -> Client:
        return Client(async_get_clientsession(self.hass), server_of(data))

    async def _async_try(self, data: dict[str, Any]) -> None:
        """Let the model say a word; raise ServerError. Some servers answer to any name, but list those they have."""
        if self._served.models and data.get(CONF_MODEL, self._served.models[0]) not in self._served.models:
            raise NoSuchModelError(f"{data[CONF_MODEL]} is not among {', '.join(self._served.models)}")
        body = body_of(server_of(data), [{"role": "user", "content": "Hello"}], "", ())
        await self._client(data).async_try({**body, "max_tokens": 1}, TRY_WITHIN)

    def _keep(self, data: dict[str, Any]) -> SubentryFlowResult:
        title = str(data.get(CONF_MODEL) or data[CONF_URL])
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_and_abort(
                self._get_entry(), self._get_reconfigure_subentry(), title=title, data=data
            )
        return self.async_create_entry(title=title, data=data, unique_id=SUBENTRY_AGENT)
