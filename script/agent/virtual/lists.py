"""To-do lists, one of them Home Assistant's shopping list, with a log of what is done to them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, override

from homeassistant.components.shopping_list.common import ShoppingData
from homeassistant.components.shopping_list.const import EVENT_SHOPPING_LIST_UPDATED
from homeassistant.components.todo import TodoItem, TodoListEntity
from homeassistant.components.todo.const import DATA_COMPONENT, TodoItemStatus, TodoListEntityFeature
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .devices import Log
from .spec import Thing

SHOPPING: Final = "todo.shopping_list"


class Lists:
    """All lists of a home."""

    def __init__(self, hass: HomeAssistant, log: Log) -> None:
        self._hass = hass
        self._log = log
        self._lists: dict[str, _List] = {}

    @callback
    def async_take_over(self) -> None:
        """Write down what becomes of the shopping list."""
        self._hass.bus.async_listen(EVENT_SHOPPING_LIST_UPDATED, self._shopping)

    @callback
    def _shopping(self, event: Event[Any]) -> None:
        if (item := event.data.get("item")) is not None:
            action = event.data["action"]
            if action == "update":
                action = "complete" if item["complete"] else "add"
            self._log.note(SHOPPING, {f"{action} {_plain(item['name'])}": True})

    async def async_place(self, things: Iterable[Thing]) -> None:
        """Hang a home's lists up."""
        for thing in things:
            if thing.id != SHOPPING:
                self._lists[thing.id] = _List(thing, self._log)
        await self._hass.data[DATA_COMPONENT].async_add_entities(self._lists.values())
        for thing in things:
            names: list[str | er.ComputedNameType] = [er.COMPUTED_NAME, *thing.aliases]
            er.async_get(self._hass).async_update_entity(thing.id, name=thing.name, aliases=names)

    async def async_clear(self) -> None:
        """Take them down."""
        await self.async_empty()
        for each in self._lists.values():
            er.async_get(self._hass).async_remove(each.entity_id)
        await self._hass.async_block_till_done()
        self._lists.clear()

    async def async_fill(self, items: Mapping[str, Iterable[str]]) -> None:
        """Write on them."""
        for entity, names in items.items():
            if entity == SHOPPING:
                for name in names:
                    await self._data.async_add(name)
            else:
                self._lists[entity].write(names)

    async def async_empty(self) -> None:
        """Clean them."""
        if self._data.items:
            await self._data.async_remove_items({str(item["id"]) for item in self._data.items})
        for each in self._lists.values():
            each.write(())

    @property
    def _data(self) -> ShoppingData:
        data: ShoppingData = self._hass.config_entries.async_entries("shopping_list")[0].runtime_data
        return data


class _List(TodoListEntity):
    _attr_should_poll = False
    _attr_supported_features = (
        TodoListEntityFeature.CREATE_TODO_ITEM
        | TodoListEntityFeature.DELETE_TODO_ITEM
        | TodoListEntityFeature.UPDATE_TODO_ITEM
    )

    def __init__(self, thing: Thing, log: Log) -> None:
        self._attr_unique_id = thing.id
        self.entity_id = thing.id
        self._attr_name = thing.name
        self._log = log
        self._attr_todo_items = []

    def write(self, names: Iterable[str]) -> None:
        """Have these items, none of them done."""
        self._attr_todo_items = [TodoItem(uid=name, summary=name, status=TodoItemStatus.NEEDS_ACTION) for name in names]
        if self.hass is not None:
            self.async_write_ha_state()

    def _note(self, what: str, name: str | None) -> None:
        self._log.note(self.entity_id, {f"{what} {_plain(name)}": True})

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        self._note("add", item.summary)

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        done = item.status == TodoItemStatus.COMPLETED
        self._note("complete" if done else "update", item.summary or item.uid)

    @override
    async def async_delete_todo_items(self, uids: list[str]) -> None:
        for uid in uids:
            self._note("remove", uid)


def _plain(text: Any) -> str:
    return " ".join(str(text).casefold().split())
