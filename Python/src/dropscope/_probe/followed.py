"""The calls that a pass makes: dropouts, and masks of random numbers that meet activations."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Sequence, Set, Tuple

from torch import Size, Tensor

DROPOUTS = frozenset(
    {"dropout", "dropout_", "alpha_dropout", "alpha_dropout_", "feature_dropout",
     "feature_dropout_", "feature_alpha_dropout", "feature_alpha_dropout_", "dropout1d",
     "dropout2d", "dropout3d", "native_dropout"}
)  # fmt: skip
#: With the place of the probability among their arguments.
ATTENTIONS = {"scaled_dot_product_attention": 4, "multi_head_attention_forward": 10}
SAMPLERS = frozenset({"gumbel_softmax", "multinomial"})
UNIFORM = frozenset({"rand", "rand_like", "uniform_"})
BERNOULLI = frozenset({"bernoulli", "bernoulli_"})
TO_MASK = frozenset(
    {"lt", "le", "gt", "ge", "less", "less_equal", "greater", "greater_equal", "floor", "floor_",
     "ceil", "ceil_", "round", "round_", "__lt__", "__le__", "__gt__", "__ge__"}
)  # fmt: skip
#: Give a tensor the type or the shape of another one, and leave its values.
ALIKE = frozenset({"to", "type_as", "expand_as", "view_as", "reshape_as"})
TIMES = frozenset({"mul", "mul_", "multiply", "multiply_", "__mul__", "__rmul__", "__imul__"})
OVER = frozenset({"div", "div_", "divide", "true_divide", "__truediv__", "__itruediv__"})
MASKING = TIMES | {"where", "masked_fill", "masked_fill_", "__setitem__"}


class DropoutCall:
    """A call of one of PyTorch's dropout functions, or of attention with dropout."""

    def __init__(self, name: str, p: float, training: bool, source: Optional[str]) -> None:
        """`p` is the probability to drop."""
        self.name = name
        self.p = p
        self.training = training
        self.source = source


class MaskMeeting:
    """A mask of random numbers that was laid over an activation."""

    def __init__(
        self, source: Optional[str], before: Tensor, after: Tensor, roots: FrozenSet[int]
    ) -> None:
        """`before` is the activation, `after` the result, `roots` the draws behind the mask."""
        self.source = source
        self.roots = roots
        self.before = before
        self.after = after
        #: The factor of the result afterwards, and whether the activation was scaled before.
        self.later = 1.0
        self.is_scaled_before = False
        #: And with a tensor, and whether that is one that differs between the modes.
        self.factors: Optional[Tensor] = None
        self.is_rescaled = False

    def multiply(self, factors: Tensor) -> None:
        """Notes that the result was multiplied with a tensor afterwards."""
        if factors.shape != self.after.shape:
            self.is_rescaled = True
        else:
            self.factors = factors if self.factors is None else self.factors * factors

    @property
    def number(self) -> float:
        """The factor of the result, as far as that is one number."""
        return self.later * (1.0 if self.factors is None else float(self.factors.median()))

    def scaled(self, number: float) -> Tensor:
        """The result with all that it was multiplied with afterwards, over a number."""
        result = self.after * (self.later / number)
        return result if self.factors is None else result * self.factors

    def is_complement(self, other: MaskMeeting) -> bool:
        """Whether the other one keeps what this one takes away, by the same random numbers."""
        if not self.roots & other.roots or self.before.shape != other.before.shape:
            return False
        live = (self.before != 0) & (other.before != 0)
        differ = (self.after != 0) != (other.after != 0)
        return bool(live.any()) and bool(differ[live].all())


class Calls:
    """The calls of one pass, by the gap in which they happened."""

    def __init__(self) -> None:
        """Empty before the pass."""
        self.dropouts: Dict[int, List[DropoutCall]] = {}
        self.meetings: Dict[int, List[MaskMeeting]] = {}
        #: Masks that were laid over a vector which stands at many positions.
        self.fills: Dict[int, List[MaskMeeting]] = {}
        #: Gaps in which classes or gates are drawn by probabilities of each value's own.
        self.samples: Set[int] = set()
        #: Multiplications by plain numbers: gap, line and factor.
        self.scales: Counter[Tuple[int, Optional[str], float]] = Counter()
        #: Samples of the tensors of products, with the shape of the result: by gap and line.
        self.products: Dict[Tuple[int, Optional[str]], List[Tuple[Size, Tensor]]] = {}


def dropout_arguments(args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Tuple[float, bool]:
    """The probability to drop, and whether it is meant to, of a call of a dropout function."""
    p = kwargs.get("p", args[1] if len(args) > 1 else 0.5)
    training = args[2] if len(args) > 2 else True
    training = kwargs.get("training", kwargs.get("train", training))
    return float(p), bool(training)


def attention_dropout(name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> float:
    """The probability to drop of a call of an attention function; 0 where it does not drop."""
    place = ATTENTIONS[name]
    p = float(kwargs.get("dropout_p", args[place] if len(args) > place else 0.0))
    if name == "multi_head_attention_forward":
        # Drops unless it is told otherwise.
        is_training = kwargs.get("training", args[13] if len(args) > 13 else True)
        return p if is_training else 0.0
    return p


def only_at_test(position: int, tested: Calls, trained: Calls) -> List[float]:
    """Factors that only eval mode has, as of a dropout that scales at test."""
    return [
        place[2] ** count
        for place, count in tested.scales.items()
        if place[0] == position and place not in trained.scales
    ]


def numbered(calls: Sequence[DropoutCall]) -> Iterator[Tuple[DropoutCall, int]]:
    """The calls of a gap, each with its number on its line."""
    seen: Counter[Tuple[str, Optional[str]]] = Counter()
    for call in calls:
        seen[call.name, call.source] += 1
        yield call, seen[call.name, call.source]


def is_replaced(
    number: int, rows: Sequence[List[MaskMeeting]], fills: Sequence[List[MaskMeeting]]
) -> bool:
    """Whether what one mask takes away another one fills in, as zoneout and mask tokens do."""
    others = [[other for other in row if other is not row[number]] for row in rows]
    given = [[*other, *fill] for other, fill in zip(others, fills)]
    return any(
        all(row[number].is_complement(other) for row, other in zip(rows, column))
        for column in zip(*given)
    )
