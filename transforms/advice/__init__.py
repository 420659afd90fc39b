"""Where effort pays: what a scheme gives for a step that a person has made before. Arithmetic, no opinion.

steps: how far a value usually moves from month to month → rescoring: the scheme's own rule on another value → gains
"""

from transforms.advice.gains import edges, gains
from transforms.advice.model import Gain, NextEdge
from transforms.advice.since import points_since

__all__ = ["Gain", "NextEdge", "edges", "gains", "points_since"]
