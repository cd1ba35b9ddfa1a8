"""Fixtures that several files of tests use; PyTorch is imported only by tests that need it."""

from __future__ import annotations

import pytest


@pytest.fixture
def one_thread():
    """The small models of the tests are slower on several threads."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def repeatable(one_thread):
    """One thread, and the same random numbers in each run."""
    import torch

    torch.manual_seed(0)
