"""Torch on one thread for a while."""

import pytest
import torch

from facelock.learning.threads import one_thread


@pytest.mark.usefixtures("one_thread")  # which puts back what was before
def test_one_thread_inside_the_block_and_as_many_as_before_afterwards() -> None:
    torch.set_num_threads(2)
    with one_thread():
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 2
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert torch.get_num_threads() == 2
