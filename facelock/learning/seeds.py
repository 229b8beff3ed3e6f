"""One seed for a whole training; all that is random derives from it by place."""

import numpy as np


def generator(seed: int, *place: int) -> np.random.Generator:
    """Return the random numbers of one place of a training, such as (epoch,) or (epoch, step).

    Those of different places are independent (numpy's `SeedSequence`), and those of one place are
    the same however a run came there: a resumed run needs no memory of what was drawn before.
    Raises ValueError if a number is negative.
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=place))
