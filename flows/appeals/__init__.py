"""Appeals and acknowledgements: what people say of their reports, and what becomes of it.

acts.py, procedure.py     the acts of an appeal, and which act may follow which, by whom: pure
deadlines.py              until when each step is due, in working days
lines.py                  what of a person's results can be disputed, and what the ledger says of it
persons.py, barred.py     who is employed; who must not judge an appeal, and why
entries.py, filing.py, judging.py, sweeping.py    acts as the journal has them, and how each comes to be
handed.py                 which document a person had in hands, and since when
acknowledging.py          who acknowledged, objected, or is silent
"""
