"""A TensorFlow Lite network, called through the C library that the engines' packages bring.

The packages' own classes take what the library says for granted: a broken file ends the process. They also leave out
XNNPACK, which makes openWakeWord's networks five times cheaper (and the same scores, to 1e-4).
"""

import ctypes
import math
import weakref
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError

_OK: Final = 0
_CREATE_DELEGATE: Final = "TfLiteXNNPackDelegateCreate"
_DELETE_DELEGATE: Final = "TfLiteXNNPackDelegateDelete"
_POINTER: Final = ctypes.c_void_p


class Network:
    """A network with one input and one output, on one thread. It keeps no state; not for two threads at once."""

    def __init__(
        self, library: ctypes.CDLL, path: Path, *, shape: tuple[int, ...] | None = None, fast: bool = False
    ) -> None:
        """Load a file; raise ModelError when it is none. A `shape` replaces that of its input; `fast`: by XNNPACK."""
        self._library = _declared(library)
        created: list[tuple[Any, int]] = []
        weakref.finalize(self, _delete, created)
        model = self._made(created, "TfLiteModel", path, library.TfLiteModelCreateFromFile(str(path).encode()))
        options = self._made(created, "TfLiteInterpreterOptions", path, library.TfLiteInterpreterOptionsCreate())
        library.TfLiteInterpreterOptionsSetNumThreads(options, 1)
        if fast and hasattr(library, _CREATE_DELEGATE):
            delegate = self._made(created, "TfLiteXNNPackDelegate", path, library.TfLiteXNNPackDelegateCreate(None))
            library.TfLiteInterpreterOptionsAddDelegate(options, delegate)
        interpreter = library.TfLiteInterpreterCreate(model, options)
        self._interpreter = self._made(created, "TfLiteInterpreter", path, interpreter)
        if shape is not None:
            library.TfLiteInterpreterResizeInputTensor(
                self._interpreter, 0, (ctypes.c_int32 * len(shape))(*shape), len(shape)
            )
        if library.TfLiteInterpreterAllocateTensors(self._interpreter) != _OK:
            raise ModelError(path, "it is no network that can be run here")
        self._input = library.TfLiteInterpreterGetInputTensor(self._interpreter, 0)
        self._output = library.TfLiteInterpreterGetOutputTensor(self._interpreter, 0)
        self.input_shape = self._shape(self._input)
        self.output_shape = self._shape(self._output)
        self.input_bytes: int = library.TfLiteTensorByteSize(self._input)
        self.output_bytes: int = library.TfLiteTensorByteSize(self._output)

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the network makes of its input, flat."""
        values = np.ascontiguousarray(values, np.float32)
        output = np.empty(math.prod(self.output_shape), np.float32)
        library = self._library
        library.TfLiteTensorCopyFromBuffer(self._input, values.ctypes.data_as(_POINTER), values.nbytes)
        library.TfLiteInterpreterInvoke(self._interpreter)
        library.TfLiteTensorCopyToBuffer(self._output, output.ctypes.data_as(_POINTER), output.nbytes)
        return output

    def _made(self, created: list[tuple[Any, int]], kind: str, path: Path, pointer: int | None) -> int:
        if not pointer:
            raise ModelError(path, "it is not a whole TensorFlow Lite model")
        created.append((getattr(self._library, f"{kind}Delete"), pointer))
        return pointer

    def _shape(self, tensor: int) -> tuple[int, ...]:
        library = self._library
        return tuple(library.TfLiteTensorDim(tensor, axis) for axis in range(library.TfLiteTensorNumDims(tensor)))


def _delete(created: list[tuple[Any, int]]) -> None:
    """Free what the library made, the last first."""
    while created:
        delete, pointer = created.pop()
        delete(pointer)


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    """Declare what the packages' own binding leaves out."""
    library.TfLiteInterpreterOptionsCreate.argtypes = []
    library.TfLiteInterpreterOptionsCreate.restype = _POINTER
    library.TfLiteInterpreterOptionsSetNumThreads.argtypes = [_POINTER, ctypes.c_int32]
    library.TfLiteInterpreterOptionsSetNumThreads.restype = None
    library.TfLiteInterpreterOptionsAddDelegate.argtypes = [_POINTER, _POINTER]
    library.TfLiteInterpreterOptionsAddDelegate.restype = None
    library.TfLiteInterpreterOptionsDelete.argtypes = [_POINTER]
    library.TfLiteInterpreterOptionsDelete.restype = None
    if hasattr(library, _CREATE_DELEGATE):
        library.TfLiteXNNPackDelegateCreate.argtypes = [_POINTER]
        library.TfLiteXNNPackDelegateCreate.restype = _POINTER
        getattr(library, _DELETE_DELEGATE).argtypes = [_POINTER]
        getattr(library, _DELETE_DELEGATE).restype = None
    return library
