"""The description of a layer: its units, and which of them are shown."""

from __future__ import annotations

from typing import Mapping, Optional, Tuple

from torch import Tensor, nn

from dropscope._model import Layer
from dropscope._probe.layers import channel_axis
from dropscope._probe.recording import Site
from dropscope._probe.tensors import first_activation


def layer_of(site: Site, names: Mapping[nn.Module, str], limit: int) -> Layer:
    """The layer as a recording describes it."""
    module, call = site.key
    output = first_activation(site.output)
    inputs, units = _size(module, site.input), _size(module, output)
    return Layer(
        name=names[module],
        call=call,
        kind=type(module).__name__,
        inputs=inputs,
        units=units,
        shape=() if output is None else tuple(output.shape[1:]),
        source=site.source,
        shown_inputs=spread(inputs, limit),
        shown_units=spread(units, limit),
    )


def _size(module: nn.Module, tensor: Optional[Tensor]) -> Optional[int]:
    return None if tensor is None else int(tensor.shape[channel_axis(module, tensor.dim())])


def spread(count: Optional[int], limit: int) -> Tuple[int, ...]:
    """At most `limit` numbers below `count`, evenly spread and ascending."""
    if count is None:
        return ()
    if count <= limit:
        return tuple(range(count))
    return tuple(index * count // limit for index in range(limit))
