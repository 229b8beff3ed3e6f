"""The recipe `reference-orl`: the customer's reference network and ours, on the same faces of ORL.

Four networks are judged on the same pairs, of people whom none of them learnt from here:

    reference   the customer's, trained on the training people (`learning/reference.py`)
    head        our backbone with a residual head, triplet-trained on the same training people
    bare        our backbone alone, which has learnt from no picture of ORL here
    bundled     the network that ships

once in the customer's split, whose test people are two, and once with everybody left out of one
training (folds over people). `orl_experiment` does it; this is its entry in the registry.
"""

from __future__ import annotations

from facelock.services.training_recipe import Outcome, Recipe
from facelock.services.training_run import Run


def run(run: Run) -> Outcome:
    """Train, judge, report. Raises TrainingError, PictureUnreadable, ModelError, Cancelled."""
    from facelock.services.orl_experiment import experiment  # brings numpy and OpenCV

    report = experiment(run)
    return Outcome(report.values(), tuple(report.lines()))


RECIPES = (
    Recipe(
        name="reference-orl",
        summary="the customer's reference network and ours, on the same faces of ORL",
        needs="training/ and testing/ with the folders s1, s2 ... of ORL, one for each person",
        epochs=100,
        run=run,
    ),
)
