"""Corrections: what HR says is otherwise than the snapshot has it, each with its reason and two persons.

model.py       what a correction is, its id, what it touches
values.py      text read as the contract's types
checking.py    whether one fits the contract and what schemes judge; persons.py: and the rules on persons
clashing.py    which may not stand together
trouble.py     what is wrong, as a value
standing.py    which stand, when entries and withdrawals are read in their order
"""
