"""What could do harm needs the user's leave, a PIN, or a yes."""

import pytest

from custom_components.athena.agent.guard.risk import CONF_ALLOWED, CONF_PIN, Policy, judge, policy_of
from custom_components.athena.agent.guard.verdict import Granted, Kind, Verdict
from custom_components.athena.deed import Deed

from .homes import House, deed

NOTHING = Policy()
WITH_PIN = Policy(pin="1234")


@pytest.fixture
def house() -> House:
    """Return a home with doors of every make, and a few harmless things."""
    house = House()
    house.put("lock.door", "Front Door", "Hall", "locked")
    house.put("cover.garage", "Garage Door", "Garage", "closed", device_class="garage", current_position=0)
    house.put("cover.gate", "Gate", "Garden", "closed", device_class="gate")
    house.put("cover.patio", "Patio Door", "Garden", "closed", device_class="door")
    house.put("cover.blinds", "Blinds", "Lounge", "closed", device_class="blind")
    house.put("cover.unclassed", "Garage Curtain", "Garage", "closed")
    house.put("cover.all", "All Covers", "Hall", "closed", entity_id=["cover.blinds", "cover.garage"])
    house.put("alarm_control_panel.house", "Alarm", "Hall", "armed_away")
    house.put("siren.attic", "Siren", "Attic", "off")
    house.put("button.restart", "Restart", "Hall", "unknown", device_class="restart")
    house.put("button.bell", "Bell", "Hall", "unknown")
    house.put("valve.water", "Main Water", "Cellar", "closed", device_class="water")
    house.put("valve.gas", "Gas", "Cellar", "closed", device_class="gas")
    house.put("valve.radiator", "Radiator", "Lounge", "closed")
    house.put("scene.leave", "Leave", "Hall", "unknown", entity_id=["lock.door"])
    house.put("script.open_up", "Open up", "Hall", "off", entity_id=["lock.door"])
    for number in range(12):
        house.put(f"light.{number}", f"Light {number}", "Lounge" if number < 6 else "Kitchen", "on")
        house.put(f"switch.{number}", f"Switch {number}", "Lounge" if number < 6 else "Kitchen", "on")
    return house


def _judged(house: House, *deeds: Deed, policy: Policy = NOTHING, granted: Granted = Granted.NOTHING) -> Verdict:
    return judge(deeds, house.home, house.states, policy, granted)


OPENS = [
    deed("lock.unlock", "lock.door"),
    deed("lock.open", "lock.door"),
    deed("homeassistant.turn_off", "lock.door"),
    deed("homeassistant.toggle", "lock.door"),
    deed("cover.open_cover", "cover.garage"),
    deed("cover.toggle", "cover.garage"),
    deed("homeassistant.toggle", "cover.garage"),
    deed("homeassistant.turn_on", "cover.gate"),
    deed("cover.set_cover_position", "cover.garage", position=1),
    deed("cover.set_cover_position", "cover.garage", position="50"),
    deed("cover.open_cover", "cover.patio"),
    deed("cover.open_cover", "cover.blinds", "cover.garage"),
    deed("cover.open_cover", "cover.all"),
    deed("alarm_control_panel.alarm_disarm", "alarm_control_panel.house"),
]
NAMES = [f"{each.domain}.{each.action} {each.entities[-1]}" for each in OPENS]


@pytest.mark.parametrize("opens", OPENS, ids=NAMES)
def test_what_lets_somebody_in_is_refused_by_voice(house: House, opens: Deed) -> None:
    verdict = _judged(house, opens)
    assert verdict.kind is Kind.REFUSE
    assert verdict.cause
    assert verdict.cause.startswith("risk: would open")


@pytest.mark.parametrize("opens", OPENS, ids=NAMES)
def test_with_a_pin_it_is_asked_for_and_a_yes_is_not_authentication(house: House, opens: Deed) -> None:
    assert _judged(house, opens, policy=WITH_PIN).kind is Kind.PIN
    assert _judged(house, opens, policy=WITH_PIN, granted=Granted.YES).kind is Kind.PIN
    assert _judged(house, opens, policy=WITH_PIN, granted=Granted.PIN).kind is Kind.ALLOW
    assert _judged(house, opens, granted=Granted.YES).kind is Kind.REFUSE


@pytest.mark.parametrize("opens", OPENS, ids=NAMES)
def test_what_the_user_allows_is_done_and_nothing_beside_it(house: House, opens: Deed) -> None:
    assert _judged(house, opens, policy=Policy(allowed=frozenset(opens.entities))).kind is Kind.ALLOW
    beside = deed("lock.unlock", "lock.back")
    assert _judged(house, opens, beside, policy=Policy(allowed=frozenset(opens.entities))).kind is Kind.REFUSE


@pytest.mark.parametrize(
    "safe",
    [
        deed("lock.lock", "lock.door"),
        deed("homeassistant.turn_on", "lock.door"),
        deed("cover.close_cover", "cover.garage"),
        deed("homeassistant.turn_off", "cover.garage"),
        deed("cover.stop_cover", "cover.garage"),
        deed("cover.set_cover_position", "cover.garage", position=0),
        deed("cover.open_cover", "cover.blinds"),
        deed("cover.open_cover", "cover.unclassed"),
        deed("alarm_control_panel.alarm_arm_away", "alarm_control_panel.house"),
        deed("scene.turn_on", "scene.leave"),
        deed("script.turn_on", "script.open_up"),
        deed("button.press", "button.bell"),
        deed("siren.turn_off", "siren.attic"),
        deed("valve.open_valve", "valve.radiator"),
        deed("valve.open_valve", "valve.water"),
        deed("valve.close_valve", "valve.gas"),
        deed("valve.set_valve_position", "valve.gas", position=0),
        deed("light.turn_off", *(f"light.{number}" for number in range(12))),
        deed("light.turn_on", *(f"light.{number}" for number in range(6))),
        deed("switch.turn_off", *(f"switch.{number}" for number in range(6))),
        deed("light.turn_on", "light.1", "light.7"),
    ],
    ids=lambda each: f"{each.domain}.{each.action} {len(each.entities)} {each.entities[0]}",
)
def test_closing_locking_arming_and_everyday_things_are_never_asked_about(house: House, safe: Deed) -> None:
    assert _judged(house, safe).kind is Kind.ALLOW


def test_a_toggle_that_surely_closes_is_no_risk(house: House) -> None:
    house.put("cover.garage", "Garage Door", "Garage", "open", device_class="garage")
    assert _judged(house, deed("cover.toggle", "cover.garage")).kind is Kind.ALLOW
    house.put("cover.garage", "Garage Door", "Garage", "unknown", device_class="garage")
    assert _judged(house, deed("cover.toggle", "cover.garage")).kind is Kind.REFUSE


def test_a_position_further_down_closes(house: House) -> None:
    house.put("cover.garage", "Garage Door", "Garage", "open", device_class="garage", current_position=100)
    assert _judged(house, deed("cover.set_cover_position", "cover.garage", position=20)).kind is Kind.ALLOW


def test_a_group_in_a_group_hides_no_door(house: House) -> None:
    house.put("cover.outer", "Everything", "Hall", "closed", entity_id=["cover.all", "cover.outer"])
    assert _judged(house, deed("cover.open_cover", "cover.outer")).kind is Kind.REFUSE


@pytest.mark.parametrize(
    ("startles", "line"),
    [
        (deed("siren.turn_on", "siren.attic"), "siren_on"),
        (deed("alarm_control_panel.alarm_trigger", "alarm_control_panel.house"), "siren_on"),
        (deed("button.press", "button.restart"), "restart"),
        (deed("valve.open_valve", "valve.gas"), "open_gas"),
        (deed("valve.set_valve_position", "valve.gas", position=10), "open_gas"),
        (deed("homeassistant.turn_on", "valve.gas"), "open_gas"),
    ],
)
def test_what_startles_or_runs_out_wants_a_yes(house: House, startles: Deed, line: str) -> None:
    verdict = _judged(house, startles)
    assert (verdict.kind, verdict.line) == (Kind.CONFIRM, line)
    assert _judged(house, startles, granted=Granted.YES).kind is Kind.ALLOW


LIGHTS = tuple(f"light.{number}" for number in range(12))
SWITCHES = tuple(f"switch.{number}" for number in range(12))


@pytest.mark.parametrize(
    ("wide", "line"),
    [
        ([deed("homeassistant.turn_off", *LIGHTS, *SWITCHES)], "wide_off"),
        ([deed("light.turn_off", *LIGHTS), deed("switch.turn_off", *SWITCHES)], "wide_off"),
        ([deed("light.turn_on", *LIGHTS)], "wide_on"),
        ([deed("switch.turn_off", *SWITCHES)], "wide_off"),
        ([deed("light.turn_on", *LIGHTS), deed("switch.turn_off", *SWITCHES)], "wide"),
    ],
)
def test_half_the_house_at_one_word_wants_a_yes(house: House, wide: list[Deed], line: str) -> None:
    verdict = _judged(house, *wide)
    assert (verdict.kind, verdict.line) == (Kind.CONFIRM, line)
    assert _judged(house, *wide, granted=Granted.YES).kind is Kind.ALLOW


def test_everything_off_in_a_small_house_wants_a_yes_and_in_one_room_it_does_not(house: House) -> None:
    two = deed("homeassistant.turn_off", "light.1", "light.7", "switch.1")
    one = deed("homeassistant.turn_off", "light.1", "light.2", "switch.1")
    for off, kind in ((two, Kind.CONFIRM), (one, Kind.ALLOW)):
        assert judge([off], house.home, house.states, NOTHING, everything=True).kind is kind
    assert _judged(house, two).kind is Kind.ALLOW


def test_a_yes_to_everything_opens_no_door(house: House) -> None:
    wide = [deed("homeassistant.turn_off", *LIGHTS, *SWITCHES), deed("lock.unlock", "lock.door")]
    assert judge(wide, house.home, house.states, NOTHING, Granted.YES, everything=True).kind is Kind.REFUSE


def test_what_the_user_has_settled_is_read_from_the_options() -> None:
    assert policy_of({}) == Policy()
    assert policy_of({CONF_ALLOWED: ["lock.door"], CONF_PIN: ""}) == Policy(allowed=frozenset({"lock.door"}))
    assert policy_of({CONF_PIN: "0042"}) == Policy(pin="0042")
