"""What changed from one revision to another, and why.

model.py       what a change and a cause are
words.py       names of numbers that have no title of their own
parts.py       a tree of named parts with numbers, and the rest of each
people.py      results of a person as parts          departments.py  of a department
differing.py   two trees compared: every change, in a fixed order
"""

from transforms.revisions.differing import Found, difference, found
from transforms.revisions.model import Aspect, Cause, CauseKind, Change, Changes, Level, What

__all__ = ["Aspect", "Cause", "CauseKind", "Change", "Changes", "Found", "Level", "What", "difference", "found"]
