"""Values that give way to one of the model's own, as in masked modelling."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


class Tokens(nn.Module):
    """In training some positions of a sequence give way to the token."""

    def __init__(self, change):
        super().__init__()
        self.first, self.middle, self.out = nn.Linear(12, 32), nn.Linear(32, 32), nn.Linear(32, 3)
        self.token, self.change = nn.Parameter(torch.randn(32)), change

    def forward(self, x):
        x = self.first(x)
        if self.training:
            x = self.change(x, torch.rand(x.shape[:2]) > 0.4, self.token)
        return self.out(torch.relu(self.middle(x)))


def summed(x, keep, token):
    keep = keep.to(x)[..., None]
    return x * keep + token * (1 - keep)


def token_first(x, keep, token):
    keep = keep.type_as(x).unsqueeze(-1)
    return (1 - keep) * token + keep * x


def filled(x, keep, token):
    lost = ~keep[..., None]
    return x.masked_fill(lost, 0.0) + token * lost


def chosen(x, keep, token):
    return torch.where(keep[..., None], x, token)


def assigned(x, keep, token):
    x = x.clone()
    x[~keep] = token
    return x


RIGHT = [summed, token_first, filled, chosen, assigned]


@pytest.mark.parametrize("change", RIGHT)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_token_in_place_of_what_is_taken_away_is_no_dropout(change, seed):
    torch.manual_seed(seed)
    report = dropscope.check(Tokens(change), torch.randn(32, 6, 12), quiet=True, seed=seed)
    assert report.ok
    assert "unclear" in {gap.verdict.value for gap in report.gaps}


def only_dropped(x, keep, token):
    return x * keep.to(x)[..., None]


def moved(x, keep, token):
    return x * keep.to(x)[..., None] + token


@pytest.mark.parametrize("change", [only_dropped, moved])
def test_what_is_dropped_and_not_filled_is_still_unscaled(change):
    torch.manual_seed(0)
    report = dropscope.check(Tokens(change), torch.randn(32, 6, 12), quiet=True)
    assert not report.ok
    assert "unscaled" in {gap.verdict.value for gap in report.gaps}
