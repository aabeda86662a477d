"""The SMART protocol: JSON requests by method, one or several in one, as a KP125M of firmware 1.2 answers them."""

import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final

from .plug import VOLTAGE_MV, Plug

MODEL: Final = "KP125M"
FIRMWARE: Final = "1.2.3 Build 240624 Rel.154806"
UNKNOWN_METHOD: Final = -1002
BAD_JSON: Final = -1003
BAD_PARAMETERS: Final = -1008
COMPONENTS: Final = {"device": 2, "firmware": 2, "time": 1, "led": 1, "cloud_connect": 1, "auto_off": 2,
                     "energy_monitoring": 2}  # fmt: skip

type Answer = Mapping[str, Any]


class SmartProtocol:
    """Answers for one plug."""

    def __init__(self, plug: Plug) -> None:
        self._plug = plug
        self._led = {"led_rule": "always", "led_status": True, "night_mode": {"night_mode_type": "sunrise_sunset"}}
        self._auto_off = {"enable": False, "delay_min": 120}
        self._methods: Mapping[str, Callable[[Any], Answer | None]] = {
            "component_nego": lambda _: {
                "component_list": [{"id": name, "ver_code": version} for name, version in COMPONENTS.items()]
            },
            "get_device_info": lambda _: self._info(),
            "get_device_usage": lambda _: self._usage(),
            "get_device_time": lambda _: {"region": "Etc/UTC", "time_diff": 0, "timestamp": int(time.time())},
            "get_connect_cloud_state": lambda _: {"status": 1},
            "get_auto_update_info": lambda _: {"enable": False, "random_range": 120, "time": 180},
            "get_led_info": lambda _: self._led,
            "set_led_info": self._led.update,
            "get_auto_off_config": lambda _: self._auto_off,
            "set_auto_off_config": self._auto_off.update,
            "get_energy_usage": lambda _: self._energy(),
            "get_current_power": lambda _: {"current_power": round(plug.power_mw / 1000)},
            "get_emeter_data": lambda _: {
                "current_ma": plug.current_ma,
                "energy_wh": plug.today_wh,
                "power_mw": plug.power_mw,
                "voltage_mv": VOLTAGE_MV,
            },
            "get_emeter_vgain_igain": lambda _: {"igain": 11200, "vgain": 125000},
            "set_device_info": self._set,
        }

    def answer(self, request: object) -> Answer:
        """Answer a request; an error has a code and no result."""
        match request:
            case {"method": "multipleRequest", "params": {"requests": list(requests)}}:
                responses = [{"method": _method(each), **self.answer(each)} for each in requests]
                return {"result": {"responses": responses}, "error_code": 0}
            case {"method": str(method), **others} if method in self._methods:
                try:
                    result = self._methods[method](others.get("params"))
                except KeyError, TypeError, ValueError:
                    return {"error_code": BAD_PARAMETERS}
                return {"error_code": 0} if result is None else {"result": result, "error_code": 0}
            case {"method": _}:
                return {"error_code": UNKNOWN_METHOD}
            case _:
                return {"error_code": BAD_JSON}

    def _set(self, params: Mapping[str, Any]) -> None:
        if (name := params.get("nickname")) is not None:
            self._plug.rename(b64decode(name, validate=True).decode())
        if (on := params.get("device_on")) is not None:
            if not isinstance(on, bool):
                raise TypeError
            self._plug.switch(on=on)

    def _info(self) -> Answer:
        plug = self._plug
        return {
            "device_id": plug.device_id,
            "type": "SMART.KASAPLUG",
            "model": MODEL,
            "fw_ver": FIRMWARE,
            "hw_ver": "1.0",
            "hw_id": plug.device_id[:32],
            "oem_id": plug.device_id[-32:],
            "mac": plug.mac,
            "nickname": b64encode(plug.alias.encode()).decode(),
            "ssid": b64encode(b"home").decode(),
            "rssi": -41,
            "signal_level": 3,
            "device_on": plug.on,
            "on_time": plug.on_seconds,
            "auto_off_status": "off",
            "auto_off_remain_time": 0,
            "overheated": False,
            "power_protection_status": "normal",
            "latitude": 0,
            "longitude": 0,
        }

    def _usage(self) -> Answer:
        counted = {"today": self._plug.today_wh, "past7": self._plug.today_wh, "past30": self._plug.today_wh}
        minutes = self._plug.on_seconds // 60
        return {"power_usage": counted, "time_usage": {"today": minutes, "past7": minutes, "past30": minutes}}

    def _energy(self) -> Answer:
        plug, minutes = self._plug, self._plug.on_seconds // 60
        return {
            "current_power": plug.power_mw,
            "local_time": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()),
            "today_energy": plug.today_wh,
            "month_energy": plug.today_wh,
            "today_runtime": minutes,
            "month_runtime": minutes,
        }


def _method(request: object) -> object:
    return request.get("method") if isinstance(request, dict) else None
