"""People who do not exist: features with an identity, and with conditions that hide it."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from facelock.core.metrics import distance_at_fmr, fnmr
from facelock.learning.losses import squared_distances

SIZE = 16  # of a feature


@dataclass(frozen=True)
class Faces:
    """Unit features (N, SIZE) float32 and who they show (N,)."""

    features: Tensor
    labels: Tensor


def made_up_faces(people: int, images: int, seed: int) -> Faces:
    """Draw people: the first half of a feature is who, the second, and stronger, is the light."""
    random = torch.Generator().manual_seed(seed)
    half = SIZE // 2
    who = torch.randn(people, 1, half, generator=random).expand(people, images, half)
    who = who + 0.2 * torch.randn(people, images, half, generator=random)
    light = 1.5 * torch.randn(people, images, half, generator=random)
    features = torch.nn.functional.normalize(torch.cat([who, light], dim=2).flatten(0, 1))
    return Faces(features, torch.arange(people).repeat_interleave(images))


@torch.no_grad()
def fnmr_at_one_percent(embed: torch.nn.Module, faces: Faces) -> float:
    """Return the FNMR at an FMR of 1e-2, all faces against all."""
    embeddings = torch.nn.functional.normalize(embed(faces.features))
    upper = np.triu_indices(len(embeddings), 1)
    scores = squared_distances(embeddings, embeddings).double().numpy()[upper]
    labels = faces.labels.numpy()
    mated = (labels[:, None] == labels[None, :])[upper]
    return fnmr(scores[mated], distance_at_fmr(scores[~mated], 1e-2)).value
