"""The masks of the watched example, for the screen."""

from __future__ import annotations

from typing import List, Sequence

from torch import Tensor, nn

from dropscope._model import Layer, MaskRow
from dropscope._probe.judge import SPREAD_LIMIT, dropped
from dropscope._probe.layers import channel_axis
from dropscope._probe.places import Places
from dropscope._probe.recording import Patched, Recorder


def mask_rows(
    layers: Sequence[Layer], places: Places, recorder: Recorder, last: Patched
) -> List[MaskRow]:
    """Those of the last pass, in gaps where something is dropped."""
    rows = []
    for index, layer in enumerate(layers):
        tally, test = places.gaps[index], recorder.sites[index].input
        value = last.inputs[index]
        if not dropped(tally) or tally.spread > SPREAD_LIMIT or test is None or value is None:
            continue
        if value.shape == test.shape:
            module = recorder.sites[index].key[0]
            rows.append(MaskRow(index, kept_text(module, value, test, layer.shown_inputs)))
    return rows


def kept_text(module: nn.Module, value: Tensor, test: Tensor, shown: Sequence[int]) -> str:
    """The mask over the shown inputs of the watched example: 1 kept, 0 dropped, ? not told."""
    axis = channel_axis(module, test.dim())
    if test.dim() > 1:
        value, test = value[0].movedim(axis - 1, 0), test[0].movedim(axis - 1, 0)
    kept = (value != 0).reshape(test.shape[0], -1)
    live = (test != 0).reshape(test.shape[0], -1)
    some = (kept & live).any(1).tolist()
    lost = (~kept & live).any(1).tolist()
    return "".join(
        "1" if some[i] and not lost[i] else "0" if lost[i] and not some[i] else "?" for i in shown
    )
