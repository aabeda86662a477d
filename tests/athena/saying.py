"""Somebody speaks to Athena."""

from homeassistant.components import conversation
from homeassistant.components.conversation import ConversationResult
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

AGENT = "conversation.athena"


class Speaker:
    """One person, at one satellite or none, in one conversation; HA's own settle after each word."""

    def __init__(self, hass: HomeAssistant, device: str | None = None) -> None:
        self._hass = hass
        self.device = device
        self.conversation: str | None = None
        self.last: ConversationResult | None = None

    async def says(self, text: str, language: str = "en") -> str:
        """Say something and return what Athena answers."""
        self.last = await conversation.async_converse(
            self._hass,
            text,
            self.conversation,
            Context(),
            agent_id=AGENT,
            device_id=self.device,
            language=language,
        )
        self.conversation = self.last.conversation_id
        await self._hass.async_block_till_done(wait_background_tasks=True)
        return str(self.last.response.speech["plain"]["speech"])

    @property
    def is_asked(self) -> bool:
        """Whether Athena listens on."""
        return self.last is not None and self.last.continue_conversation


def expose(hass: HomeAssistant, *entities: str) -> None:
    """Let Assist have them."""
    for entity in entities:
        async_expose_entity(hass, conversation.DOMAIN, entity, True)


def call(hass: HomeAssistant, entity: str, name: str) -> None:
    """Give an entity another name."""
    er.async_get(hass).async_update_entity(entity, name=name)


async def async_settle(hass: HomeAssistant, entry: MockConfigEntry, **options: object) -> None:
    """Settle what may be opened by voice."""
    hass.config_entries.async_update_entry(entry, options={**entry.options, **options})
    await hass.async_block_till_done(wait_background_tasks=True)
