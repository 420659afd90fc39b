"""Closing a period: what must be settled or waived first, and the two signatures that make it final.

entries.py     waivers and signatures as the journal has them
checklist.py   what stands in the way, and whose signature holds: pure
looking.py     the checklist of a period as ledger, journal and calendar have it
acting.py      waiving, signing, closing
"""
