"""What the system says of an address that cannot be listened on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from .address import Address
from .errors import AddressError


@contextmanager
def address_errors(address: Address) -> Iterator[None]:
    """Make AddressErrors of the system's errors."""
    try:
        yield
    except OSError as err:
        if err.errno == errno.EADDRINUSE:
            raise AddressError(f"{address} is already in use") from err
        raise AddressError(f"{address} cannot be listened on: {err.strerror or err}") from err
    except OverflowError as err:
        raise AddressError(f"{address} cannot be listened on: {err}") from err
