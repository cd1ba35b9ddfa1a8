"""The cost of watching: the time of a look, and of a step with the budget on and without.

    python cost.py

Times are times of the processor, so that other programs on the machine do not count.
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


def training(model, inputs):
    """A function that takes one step of a training."""
    labels = torch.randint(10, (len(inputs),))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step():
        loss = F.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


def timed(function):
    """The time that the processor spends in a call, and what the call returns."""
    start = time.process_time()
    result = function()
    return time.process_time() - start, result


def cost_of_looks(model, inputs, step, count=16):
    """The times of the first look, of later looks with verdicts, and of those without."""
    scope = dropscope.watch(model, inputs, every=1, path="/dev/null", quiet=True)
    times = {}
    for index in range(1, count + 1):
        _, loss = timed(step)
        times[index], _ = timed(lambda loss=loss: scope.step(loss=loss))
    scope.close()
    judged = [2**power for power in range(1, 10) if 2**power <= count]
    return (
        times[1],
        statistics.median(times[index] for index in judged),
        statistics.median(times[index] for index in times if index > 1 and index not in judged),
    )


def share_of_the_budget(model, inputs, step, seconds):
    """The share of the time that looks take with the usual budget, without the first one."""
    scope = dropscope.watch(model, inputs, path="/dev/null", quiet=True)
    loss = step()
    scope.step(loss=loss)
    begin = time.perf_counter()
    trained = watched = 0.0
    while time.perf_counter() - begin < seconds:
        spent, loss = timed(step)
        trained += spent
        watched += timed(lambda loss=loss: scope.step(loss=loss))[0]
    scope.close()
    return watched / (trained + watched)


def main():
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for each model's budget")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", default="", help="models whose names have this word in them")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print("| model | a step | the first look | with verdicts | without | share of the time |")
    print("|---|---|---|---|---|---|")
    for name, model, inputs in models():
        if options.only not in name:
            continue
        torch.manual_seed(1)
        step = training(model, inputs)
        usual = statistics.median(timed(step)[0] for _ in range(50))
        looks = [
            f"{spent * 1e3:.1f} ms = {spent / usual:.1f} steps"
            for spent in cost_of_looks(model, inputs, step)
        ]
        share = share_of_the_budget(model, inputs, step, options.seconds)
        row = [name, f"{usual * 1e3:.2f} ms", *looks, f"{share:.1%}"]
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
