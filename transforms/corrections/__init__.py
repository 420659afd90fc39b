"""Corrections: what HR says is otherwise than the snapshot has it, each with its reason and two persons.

model.py       what a correction is, its id, what it touches
checking.py    whether one fits the contract and the rules on persons
standing.py    which stand, when entries and withdrawals are read in their order
"""
