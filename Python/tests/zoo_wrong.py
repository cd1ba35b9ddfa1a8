"""Models with one bug each."""

from __future__ import annotations

from torch import nn
from zoo_batches import images, named, sequences, tokens, tokens_by_time, vectors
from zoo_corners import (
    AttentionFunction,
    Joined,
    branches,
)
from zoo_dropouts import (
    AlwaysOn,
    ClassicTwice,
    FixedMask,
    Function,
    HalfScaled,
    Inverted,
    LazyFixedMask,
    NumpyAlwaysOn,
    NumpyUnscaled,
    SharedMask,
    Swapped,
    Twice,
    Unscaled,
    UnscaledDropPath,
    _BackwardOnly,
    _FreshBackward,
    _StraightBackward,
)
from zoo_networks import (
    Checkpointed,
    DeafToEval,
    DropLinear,
    Hidden,
    Inline,
    InlineResidual,
    Mixed,
    Residual,
    Shared,
    convolutional,
    frozen,
    mlp,
)
from zoo_sequences import Attention, Packed, Recurrent, WordDrop

#: Name, model, batch, and the verdict that must be found.
WRONG = {
    "unscaled class": (lambda: mlp(Unscaled()), vectors, "unscaled"),
    "unscaled, small p": (lambda: mlp(Unscaled(0.05)), vectors, "unscaled"),
    "numpy unscaled": (lambda: mlp(NumpyUnscaled()), vectors, "unscaled"),
    "inline unscaled": (lambda: Inline("unscaled"), vectors, "unscaled"),
    "inline assigned": (lambda: Inline("assigned"), vectors, "unscaled"),
    "scaled twice": (lambda: mlp(Twice()), vectors, "scaled-twice"),
    "scaled in both modes": (lambda: mlp(ClassicTwice()), vectors, "scaled-twice"),
    "swapped": (lambda: mlp(Swapped(0.3)), vectors, "swapped"),
    "inline swapped": (lambda: Inline("swapped"), vectors, "swapped"),
    "another factor": (lambda: mlp(HalfScaled()), vectors, "wrong-factor"),
    "functional without training": (lambda: Inline("forgotten"), vectors, "on-at-test"),
    "torch.where always": (lambda: Inline("chosen"), vectors, "on-at-test"),
    "class always on": (lambda: mlp(AlwaysOn()), vectors, "on-at-test"),
    "numpy always on": (lambda: mlp(NumpyAlwaysOn()), vectors, "on-at-test"),
    "in a plain list": (Hidden, vectors, "on-at-test"),
    "deaf to eval": (lambda: DeafToEval(*mlp(nn.Dropout(0.3))), vectors, "on-at-test"),
    "attention always on": (lambda: Attention(fused="always"), sequences, "on-at-test"),
    "residual always on": (lambda: Residual(AlwaysOn()), vectors, "on-at-test"),
    "layer drops its input, always": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), DropLinear(64, 64, always=True),
                              nn.ReLU(), nn.Linear(64, 5)),
        vectors, "on-at-test"),
    "whole words, unscaled": (lambda: WordDrop(False), tokens, "unscaled"),
    "packed sequences, unscaled": (lambda: Packed(Unscaled()), sequences, "unscaled"),
    "everything": (lambda: mlp(nn.Dropout(1.0)), vectors, "everything-dropped"),
    "fixed mask": (lambda: mlp(FixedMask()), vectors, "fixed-mask"),
    "mask of the first call": (lambda: mlp(LazyFixedMask()), vectors, "fixed-mask"),
    "shared mask": (lambda: mlp(SharedMask()), vectors, "shared-mask"),
    "shared mask on images": (lambda: convolutional(SharedMask()), images, "shared-mask"),
    "fresh mask backward": (lambda: mlp(Function(_FreshBackward)), vectors, "backward-differs"),
    "no mask backward": (lambda: mlp(Function(_StraightBackward)), vectors, "backward-differs"),
    "backward only": (lambda: mlp(Function(_BackwardOnly)), vectors, "backward-only"),
    "unscaled before batch norm": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), Unscaled(), nn.BatchNorm1d(64),
                              nn.Linear(64, 5)),
        vectors, "unscaled"),
    "unscaled before layer norm": (
        lambda: nn.Sequential(nn.Linear(20, 64), Unscaled(), nn.LayerNorm(64), nn.Linear(64, 5)),
        vectors, "unscaled"),
    "residual unscaled": (lambda: Residual(Unscaled()), vectors, "unscaled"),
    "residual inline unscaled": (lambda: InlineResidual("unscaled"), vectors, "unscaled"),
    "residual swapped": (lambda: Residual(Swapped()), vectors, "swapped"),
    "attention unscaled": (lambda: Attention(Unscaled()), sequences, "unscaled"),
    "images unscaled": (lambda: convolutional(Unscaled(), nn.BatchNorm2d), images, "unscaled"),
    "LSTM, swapped behind": (lambda: Recurrent(Swapped()), tokens, "swapped"),
    "LSTM, unscaled behind, time first": (
        lambda: Recurrent(Unscaled(), False), tokens_by_time, "unscaled"),
    "layer called twice, unscaled": (lambda: Shared(Unscaled()), vectors, "unscaled"),
    "unscaled drop path": (lambda: Residual(UnscaledDropPath()), vectors, "unscaled"),
    "frozen layers, unscaled": (lambda: frozen(Unscaled()), vectors, "unscaled"),
    "unscaled behind the last layer": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64), Unscaled()),
        vectors, "unscaled"),
    "checkpoint forgets the masks": (lambda: Checkpointed(False), vectors, "backward-differs"),
    "reentrant checkpoint forgets the masks": (
        lambda: Checkpointed(False, True), vectors, "gradient-mismatch"),
    "dictionary, unscaled": (lambda: Mixed(Unscaled()), named, "unscaled"),
    "joined to many, unscaled": (lambda: Joined(Unscaled()), vectors, "unscaled"),
    "joined to many, twice": (lambda: Joined(Twice()), vectors, "scaled-twice"),
    "branch, divided behind": (lambda: branches("behind"), vectors, "scaled-twice"),
    "branch, divided before": (lambda: branches("before"), vectors, "scaled-twice"),
    "branch, multiplied at test": (lambda: branches("at_test"), vectors, "scaled-twice"),
    "branch, by a tensor": (lambda: branches("by_tensor"), vectors, "scaled-twice"),
    "branch, skipped at test": (lambda: branches("skipped_at_test"), vectors, "scaled-twice"),
    "branch, own class, divided behind": (
        lambda: branches("behind", Inverted), vectors, "wrong-factor"),
    "branch, another factor": (lambda: branches("tenfold"), vectors, "wrong-factor"),
    "branch, scale taken back": (lambda: branches("undone"), vectors, "unscaled"),
    "branch, one mask for all": (lambda: branches("ones_for_all"), vectors, "shared-mask"),
    "attention function, always on": (
        lambda: AttentionFunction(False), sequences, "on-at-test"),
}  # fmt: skip
