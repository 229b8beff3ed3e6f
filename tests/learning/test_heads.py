"""A head starts by changing nothing, is drawn back there, and is exported as it was trained."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from facelock.core.head import Head
from facelock.learning.heads import ResidualHead


def some_features(count: int = 5, size: int = 192) -> torch.Tensor:
    random = torch.Generator().manual_seed(1)
    return functional.normalize(torch.randn(count, size, generator=random))


def trained_head() -> ResidualHead:
    head = ResidualHead(192)
    random = torch.Generator().manual_seed(2)
    for parameter in head.parameters():
        torch.nn.init.normal_(parameter, std=0.05, generator=random)
    return head


def test_a_new_head_is_the_identity_to_the_bit() -> None:
    features = some_features()
    head = ResidualHead(192)
    assert torch.equal(head(features), features)
    assert Head(*head.to_head_arrays()).is_identity


def test_only_weight_and_bias_of_the_residual_are_trained() -> None:
    trained = dict(ResidualHead(192).named_parameters())
    assert {name: tuple(one.shape) for name, one in trained.items()} == {
        "weight": (192, 192),
        "bias": (192,),
    }


def test_the_head_is_x_plus_w_x_plus_b() -> None:
    head, features = trained_head(), some_features()
    expected = features + features @ head.weight.T + head.bias
    torch.testing.assert_close(head(features), expected)


def test_the_exported_head_gives_the_same_embeddings() -> None:
    head, features = trained_head(), some_features()
    weight, bias = head.to_head_arrays()
    assert weight.dtype == bias.dtype == np.float32
    assert weight.shape == (192, 192)
    with torch.no_grad():
        expected = functional.normalize(head(features)).numpy()
    np.testing.assert_allclose(
        Head(weight, bias).apply(features.numpy()), expected, rtol=0, atol=1e-6
    )


def test_the_exported_arrays_do_not_change_with_further_training() -> None:
    head = trained_head()
    weight, bias = head.to_head_arrays()
    kept = weight.copy(), bias.copy()
    with torch.no_grad():
        for parameter in head.parameters():
            parameter.add_(1)
    assert np.array_equal(weight, kept[0])
    assert np.array_equal(bias, kept[1])


def test_a_head_on_top_of_another_starts_as_that_one() -> None:
    weight, bias = trained_head().to_head_arrays()
    kept = weight.copy()
    head = ResidualHead.on_top_of(weight[:64], bias[:64])
    again = head.to_head_arrays()
    assert np.array_equal(again[0], weight[:64])
    assert np.array_equal(again[1], bias[:64])
    assert head(some_features()).shape == (5, 64)
    with torch.no_grad():
        head.base_weight.zero_()
    assert np.array_equal(weight, kept)


def test_weight_decay_draws_the_residual_to_zero_and_nothing_else() -> None:
    head = trained_head()
    base = head.base_weight.clone()
    before = float(head.weight.detach().norm())
    optimiser = torch.optim.AdamW(head.parameters(), lr=0.5, weight_decay=1.0)
    for _ in range(10):
        optimiser.zero_grad()
        (0 * head(some_features()).sum()).backward()
        optimiser.step()
    assert float(head.weight.detach().norm()) == pytest.approx(before / 2**10, rel=1e-4)
    assert torch.equal(head.base_weight, base)


def test_arrays_that_are_no_head_are_refused() -> None:
    with pytest.raises(ValueError, match="D_out"):
        ResidualHead.on_top_of(np.eye(3, dtype=np.float32), np.zeros(2, np.float32))
