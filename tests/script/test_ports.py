"""The ports of a house."""

import dataclasses
import random
from collections.abc import Sequence

import pytest

from script.house.ports import Ports


@pytest.mark.usefixtures("socket_enabled")
def test_no_two_free_ports_are_a_thousand_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a server that listens on one of them would tell of its health."""

    def unlucky(ports: Sequence[int], _count: int) -> list[int]:
        return sorted(ports, key=lambda port: (port % 1000, port))

    monkeypatch.setattr(random, "sample", unlucky)
    ports = set(dataclasses.asdict(Ports.free()).values())
    assert len(ports) == 5
    assert not ports & {port + 1000 for port in ports}
