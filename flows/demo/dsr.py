"""The platforms' detailed scores of the shops (DSR), every day, with the industry's mean and best."""

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY_COUNT, Floats, month_index, months
from flows.demo.people import SHOPS

ASPECTS = ("attitude", "description", "logistics")
_INDUSTRY_MEAN, _INDUSTRY_MAX = (4.78, 4.80, 4.77), 4.93
# By how much each shop's attitude leads the industry, month by month: now above, now below it and the month before.
# In 2026-10 both shops are above both, so that the reward is paid; in 2026-07 they are below the industry.
_ATTITUDE_LEAD = (
    (0.030, 0.012, 0.025, 0.040, 0.018, 0.031, 0.045, 0.020, 0.012, -0.030, 0.015, 0.022, 0.042, 0.035),
    (0.010, -0.020, 0.008, 0.020, 0.004, 0.015, 0.022, -0.008, 0.010, -0.026, 0.004, 0.010, 0.026, 0.018),
)
_LEAD, _MONTH_SPREAD, _DAY_SPREAD = 0.012, 0.015, 0.004
_DRIFT, _DRIFT_DAYS = 0.005, 45


def make_shop_scores(rng: np.random.Generator) -> pd.DataFrame:
    """Rows by shop, day and aspect (numbers): score, mean, best, in ten-thousandths of a point."""
    shape = (len(SHOPS), DAY_COUNT, len(ASPECTS))
    shop, day, aspect = (axis.ravel() for axis in np.indices(shape))
    mean = np.array(_INDUSTRY_MEAN) + _drift(rng, shape)
    score = mean + _leads(rng)[:, month_index(), :] + rng.normal(0, _DAY_SPREAD, shape)
    values = {"score": score, "mean": mean, "best": np.full(shape, _INDUSTRY_MAX) + _drift(rng, shape) / 2}
    frame = pd.DataFrame({"shop": shop, "day": day, "aspect": aspect})
    return frame.assign(**{name: _ten_thousandths(value) for name, value in values.items()})


def _leads(rng: np.random.Generator) -> Floats:
    """Lead over the industry by shop × month × aspect."""
    leads = rng.normal(_LEAD, _MONTH_SPREAD, (len(SHOPS), len(months()), len(ASPECTS)))
    leads[:, :, 0] = _ATTITUDE_LEAD
    return leads


def _drift(rng: np.random.Generator, shape: tuple[int, int, int]) -> Floats:
    """What moves slowly, the same for both shops: a mean of 45 days' chances, about ±0.01."""
    chances = rng.normal(0, _DRIFT, (shape[1] + _DRIFT_DAYS, shape[2])).cumsum(axis=0)
    return np.broadcast_to((chances[_DRIFT_DAYS:] - chances[:-_DRIFT_DAYS]) / np.sqrt(_DRIFT_DAYS), shape)


def _ten_thousandths(score: Floats) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.rint(np.clip(score, 4, 5) * 10_000).astype(np.int64).ravel()
