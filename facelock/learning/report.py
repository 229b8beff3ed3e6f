"""What a training tells of an epoch."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class EpochReport:
    """One epoch of training. Two reports are equal if all but their duration is."""

    epoch: int  # from 1
    loss: float  # mean over the batches
    active_share: float  # of the loss's terms, those that still violate the margin; 0 to 1
    validation: float | None  # on people held out, after the epoch; None if nobody looked
    is_best: bool  # the best validation so far, the weights before training included
    learning_rate: float
    seconds: float = field(compare=False)  # spent in this process; less after a resumption
