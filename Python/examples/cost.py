"""What watching costs: the time of a look, and of a step with the budget on and without.

    python cost.py

Times are those of the processor, so that other programs on the machine do not count.
"""

import argparse
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

import dropscope


class Tokens(nn.Module):
    """A small transformer over 32 tokens."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(256, 128)
        layer = nn.TransformerEncoderLayer(128, 4, 256, dropout=0.1, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.answer = nn.Linear(128, 10)

    def forward(self, x):
        return self.answer(self.encoder(self.words(x)).mean(1))


def models():
    """Names, models and batches of inputs."""
    yield (
        "MLP 20-256-256-10, batch 64",
        nn.Sequential(
            nn.Linear(20, 256), nn.ReLU(), nn.Dropout(0.3),
            nn.Linear(256, 256), nn.ReLU(), nn.Dropout(0.3), nn.Linear(256, 10),
        ),
        torch.randn(64, 20),
    )  # fmt: skip
    yield (
        "MLP 784-1024-1024-10, batch 128",
        nn.Sequential(
            nn.Linear(784, 1024), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(1024, 1024), nn.ReLU(), nn.Dropout(0.5), nn.Linear(1024, 10),
        ),
        torch.randn(128, 784),
    )  # fmt: skip
    yield (
        "CNN, 3 convolutions, 32x32, batch 32",
        nn.Sequential(
            nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(), nn.Dropout2d(0.2), nn.Flatten(),
            nn.Linear(32 * 64, 10),
        ),
        torch.randn(32, 3, 32, 32),
    )  # fmt: skip
    yield (
        "transformer, 2 layers of 128, 32 tokens, batch 16",
        Tokens(),
        torch.randint(256, (16, 32)),
    )


def measure(model, inputs, seconds, threads):
    """The median time of a step without, the share that looks took, and the times of looks."""
    torch.set_num_threads(threads)
    labels = torch.randint(10, (len(inputs),))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step():
        loss = F.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    for _ in range(5):
        step()
    scope = dropscope.watch(model, inputs, path="/dev/null", quiet=True)
    plain, looks = [], []
    begin = time.perf_counter()
    total = 0.0
    while time.perf_counter() - begin < seconds:
        start = time.process_time()
        step()
        middle = time.process_time()
        loss = step()
        before = time.process_time()
        scope.step(loss=loss)
        end = time.process_time()
        plain.append(middle - start)
        # Whatever takes a fifth of a step is no mere count.
        if end - before > 0.2 * (before - middle):
            looks.append(end - before)
        total += end - start
    scope.close()
    return statistics.median(plain), looks, sum(looks[1:]) / (total - looks[0])


def main():
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for each model")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    print("| model | a step | the first look | a later look | share of the time after the first |")
    print("|---|---|---|---|---|")
    for name, model, inputs in models():
        torch.manual_seed(1)
        step, looks, share = measure(model, inputs, options.seconds, options.threads)
        later = statistics.median(looks[1:]) if len(looks) > 1 else float("nan")
        print(
            f"| {name} | {step * 1e3:.2f} ms "
            f"| {looks[0] * 1e3:.0f} ms = {looks[0] / step:.0f} steps "
            f"| {later * 1e3:.1f} ms = {later / step:.1f} steps | {share:.1%} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
