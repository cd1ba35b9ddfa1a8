"""The training of buggy.py without its bug: what is kept is divided by its share.

python mended.py
"""

import argparse

import torch
from torch import nn
from torch.nn import functional as F

import dropscope

KEEP = 0.7


def drop(x, training):
    """Switches units off while the network trains, and makes up for it."""
    if not training:
        return x
    return x * (torch.rand_like(x) < KEEP) / KEEP


class Classifier(nn.Module):
    """Three layers, with dropout in front of the second and the third."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(20, 256)
        self.second = nn.Linear(256, 256)
        self.out = nn.Linear(256, 4)

    def forward(self, x):
        x = drop(F.relu(self.first(x)), self.training)
        x = drop(F.relu(self.second(x)), self.training)
        return self.out(x)


def examples(count):
    """Points in 20 dimensions around four centres, with one label in ten wrong."""
    labels = torch.randint(4, (count,))
    centres = torch.randn(4, 20, generator=torch.Generator().manual_seed(7))
    points = centres[labels] + 1.5 * torch.randn(count, 20)
    wrong = torch.rand(count) < 0.1
    return points, torch.where(wrong, torch.randint(4, (count,)), labels)


def main():
    """Trains."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--path", help="where the recording lies")
    options = parser.parse_args()

    # So small a network is slower on several threads.
    torch.set_num_threads(1)
    torch.manual_seed(1)
    points, labels = examples(4096)
    unseen, truth = examples(1024)
    model = Classifier()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-4)

    scope = dropscope.watch(
        model, unseen[:32], loss_fn=F.cross_entropy, targets=truth[:32], path=options.path
    )
    for step in range(1, options.steps + 1):
        chosen = torch.randint(len(points), (64,))
        loss = F.cross_entropy(model(points[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scope.step(loss=loss)
        if step % 2000 == 0:
            model.eval()
            with torch.no_grad():
                right = (model(unseen).argmax(1) == truth).float().mean().item()
            model.train()
            print(f"step {step}: loss {loss.item():.3f}, {right:.1%} of unseen examples right")
    print(scope.report())
    scope.close()


if __name__ == "__main__":
    main()
