"""The name service of a home on one machine: a name stands for a port of loopback, too."""

from collections.abc import Mapping
from socket import AF_INET, AddressFamily
from typing import override

from aiohttp.abc import AbstractResolver, ResolveResult


class Names(AbstractResolver):
    """Resolves the names of emulators, for who has the right to listen on no port under 1024.

    WLED's library knows no other port than 80. Home Assistant asks a name service only for names, not for addresses.
    """

    def __init__(self, ports: Mapping[str, int]) -> None:
        self.ports = ports

    @override
    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        if host not in self.ports:
            raise OSError(f"Nobody here is called {host}")
        there = ResolveResult(hostname=host, host="127.0.0.1", port=self.ports[host], family=AF_INET, proto=0, flags=0)
        return [there]

    @override
    async def close(self) -> None:
        """There is nothing to close."""

    async def real_close(self) -> None:
        """There is nothing to close for Home Assistant, either."""
