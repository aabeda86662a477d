"""What a thing draws and has used is told by the meter of its device; what no meter tells, nobody guesses."""

from collections.abc import Mapping
from typing import Final

import pytest

from custom_components.athena.agent.home import Area, Entity, Home, Situation
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.reading import Which
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.resolver.questions.questions import Questions

from .asked_home import Told

PLUG: Final = "tp_link_4f2a"


def _sensor(name: str, device_class: str, device: str | None = None, unit: str | None = None) -> Entity:
    units = {"power": "W", "energy": "kWh"}
    return Entity(
        id=f"sensor.{name.lower().replace(' ', '_').replace("'", '')}",
        names=(name,),
        device=device,
        device_class=device_class,
        unit=unit or units[device_class],
    )


def _thing(id_: str, name: str, device: str | None = None, area: str | None = None) -> Entity:
    return Entity(id=id_, names=(name,), device=device, area=area)


LAMP: Final = {
    _thing("switch.lamp", "Lamp", PLUG, "kitchen"): "on",
    _sensor("TP Link Current consumption", "power", PLUG): "12.04",
    _sensor("TP Link Today's consumption", "energy", PLUG): "0.34",
    _sensor("TP Link This month's consumption", "energy", PLUG): "4.2",
}


def ask(question: str, *homes: Mapping[Entity, str], area: str | None = None) -> str | None:
    """Return what is answered in a home of these things."""
    states = {entity: state for home in homes for entity, state in home.items()}
    home = Home(
        entities={entity.id: entity for entity in states},
        areas={"kitchen": Area(id="kitchen", names=("Kitchen",)), "hall": Area(id="hall", names=("Hall",))},
    )
    told = {entity.id: Told(state) for entity, state in states.items()}
    questions = Questions(home, load_lexicon("en"), load_persona("en"))
    reading = questions.read(question, Situation(states=told.get, area=area))
    return reading.question if isinstance(reading, Which) else reading.speech if reading is not None else None


@pytest.mark.parametrize(
    "question",
    [
        "how much power does the lamp use?",
        "how much power is the lamp using",
        "how many watts is the lamp drawing",
        "how much electricity is the lamp using right now",
        "what is the lamp drawing",
        "what does the lamp draw",
        "what's the lamp using at the moment",
        "how much does the lamp use",
        "what's the power consumption of the lamp",
        "what is the lamp's power draw",
        "how much power is being used by the lamp",
        "can you tell me how much power the lamp is using",
    ],
)
def test_what_it_draws_now(question: str) -> None:
    assert ask(question, LAMP) == "12 watts."


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how much energy has the lamp used today?", "0.34 kilowatt hours."),
        ("how much power did the lamp use today", "0.34 kilowatt hours."),
        ("how much electricity has the lamp used so far today", "0.34 kilowatt hours."),
        ("how many kilowatt hours has the lamp used today", "0.34 kilowatt hours."),
        ("what has the lamp used today", "0.34 kilowatt hours."),
        ("how much has the lamp used this month", "4.2 kilowatt hours."),
        ("what's the energy consumption of the lamp this month", "4.2 kilowatt hours."),
        ("how much energy has the lamp used", "0.34 kilowatt hours."),
        ("how much energy has the lamp used this year", "I can't tell."),
        ("how much energy did the lamp use yesterday", "I can't tell."),
    ],
)
def test_what_it_has_used_since_when(question: str, said: str) -> None:
    assert ask(question, LAMP) == said


@pytest.mark.parametrize(
    ("power", "said"), [("1850", "Yes, 1850 watts."), ("0.4", "Yes, 0.4 watts."), ("0", "No."), ("0.001", "No.")]
)
def test_whether_it_uses_power(power: str, said: str) -> None:
    machine = {
        _thing("switch.machine", "Washing Machine", "plug"): "on",
        _sensor("Washing Machine Power", "power", "plug"): power,
    }
    assert ask("is the washing machine using power?", machine) == said
    assert ask("is the washing machine drawing any power", machine) == said
    assert ask("does the washing machine use electricity", machine) == said


def test_a_total_is_told_where_no_time_was_said_and_never_for_today() -> None:
    lamp = {
        _thing("switch.lamp", "Lamp", PLUG): "on",
        _sensor("Lamp Total energy", "energy", PLUG): "120",
    }
    assert ask("how much energy has the lamp used", lamp) == "120 kilowatt hours."
    assert ask("how much energy has the lamp used today", lamp) == "I can't tell."


def test_a_meter_that_is_away_is_not_told() -> None:
    away = dict.fromkeys(LAMP, "unavailable")
    for question in ("what is the lamp drawing", "is the lamp using power", "how much energy has the lamp used today"):
        assert ask(question, away) == "I can't tell."


def test_a_thing_without_a_meter_is_not_answered_for_by_anothers() -> None:
    desk = {
        _thing("switch.desk_lamp", "Desk Lamp", "desk_plug"): "on",
        _sensor("Desk Lamp Current consumption", "power", "desk_plug"): "60",
    }
    lamp = {_thing("light.lamp", "Lamp", "bulb"): "on"}
    assert ask("what is the lamp drawing", lamp, desk) == "I can't tell."
    assert ask("is the lamp using power", lamp, desk) == "I can't tell."
    assert ask("what is the desk lamp drawing", lamp, desk) == "60 watts."


def test_a_meter_of_no_device_tells_of_what_it_is_called_after() -> None:
    kettle = {_thing("switch.kettle", "Kettle"): "on", _sensor("Kettle Power", "power"): "1850"}
    assert ask("how much power is the kettle using", kettle) == "1850 watts."
    assert ask("is the kettle using power", kettle) == "Yes, 1850 watts."


def test_of_two_things_on_one_device_each_tells_by_the_meter_of_its_name() -> None:
    strip = {
        _thing("switch.fan", "Fan", "strip"): "on",
        _thing("switch.heater", "Heater", "strip"): "on",
        _sensor("Fan Power", "power", "strip"): "30",
        _sensor("Heater Power", "power", "strip"): "1500",
    }
    assert ask("what is the fan drawing", strip) == "30 watts."
    assert ask("what is the heater drawing", strip) == "1500 watts."


def test_a_meter_of_two_things_together_tells_of_neither() -> None:
    strip = {
        _thing("switch.fan", "Fan", "strip"): "on",
        _thing("switch.heater", "Heater", "strip"): "on",
        _sensor("Strip Power", "power", "strip"): "1530",
    }
    assert ask("what is the fan drawing", strip) == "I can't tell."


def test_what_goes_on_from_the_plugs_name_is_a_part_of_it() -> None:
    led = {_thing("switch.lamp_led", "Lamp LED", PLUG): "on"}
    assert ask("what is the lamp drawing", LAMP, led) == "12 watts."


def test_of_two_things_of_one_name_the_one_here_tells() -> None:
    hall = {
        _thing("switch.lamp_2", "Lamp", "hall_plug", "hall"): "on",
        _sensor("Hall plug power", "power", "hall_plug"): "7",
    }
    assert ask("what is the lamp drawing", LAMP, hall, area="hall") == "7 watts."
    assert ask("what is the lamp drawing", LAMP, hall, area="kitchen") == "12 watts."


def test_a_sum_is_told_only_where_all_of_it_is_metered() -> None:
    fridge = {
        _thing("switch.fridge", "Fridge", "fridge_plug"): "on",
        _sensor("Fridge plug power", "power", "fridge_plug"): "80",
    }
    kettle = {_thing("switch.kettle", "Kettle", "kettle_plug"): "on"}
    assert ask("how much power do the lamp and the fridge use", LAMP, fridge) == "92 watts."
    assert ask("how much power do the fridge and the kettle use", fridge, kettle) != "80 watts."


def test_a_thing_that_nothing_meters_is_not_told_whatever_room_is_named() -> None:
    kettle = {_thing("switch.kettle", "Kettle", area="kitchen"): "on"}
    for named in ("the kettle", "the kitchen kettle", "the kettle in the kitchen"):
        assert ask(f"how much power does {named} use", kettle) == "I can't tell."
        assert ask(f"is {named} using power", kettle) == "I can't tell."
