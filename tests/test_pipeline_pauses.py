"""Full collections of garbage wait while very much is in memory; afterwards all is as before."""

import gc

import pytest

from bot.pipeline.pauses import no_full_collections


def test_a_full_collection_waits_as_long_as_anybody_wants_it_to() -> None:
    usual = gc.get_threshold()

    with no_full_collections():
        with no_full_collections():
            pass
        still = gc.get_threshold()

    assert still[:2] == usual[:2]
    assert still[2] > 1_000_000
    assert gc.get_threshold() == usual


def test_what_fails_within_leaves_nothing_behind() -> None:
    usual = gc.get_threshold()

    with pytest.raises(ValueError, match="unlucky"), no_full_collections():
        raise ValueError("unlucky")

    assert gc.get_threshold() == usual
