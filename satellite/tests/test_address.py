"""The addresses on the command line."""

import pytest

from athena_satellite.address import Address
from athena_satellite.errors import SettingsError


@pytest.mark.parametrize("uri", ["tcp://127.0.0.1:10700", "tcp://[::1]:10700", "tcp://kitchen.local:0"])
def test_an_address_is_written_as_it_was_read(uri: str) -> None:
    assert str(Address.parse(uri)) == uri


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "127.0.0.1:10700",
        "http://127.0.0.1:1",
        "tcp://127.0.0.1",
        "tcp://:1",
        "tcp://a:b",
        "tcp://a:99999",
        "tcp://a:1/x",
    ],
)
def test_anything_else_is_refused_with_its_name(uri: str) -> None:
    with pytest.raises(SettingsError, match="is not"):
        Address.parse(uri)
