"""Waivers and signatures as the journal has them."""

from transforms.titles import Frozen

WAIVER, SIGNATURE = "waiver", "signature"


class Waiver(Frozen):
    """Open points of an item that a period may be closed with. `covers`: what was open then, and nothing later."""

    item: str
    revision_id: int
    covers: tuple[str, ...]
    reason: str


class Signature(Frozen):
    """One of the two signatures under a revision; `waived`: the items that were not clean but waived."""

    revision_id: int
    revision_number: int
    waived: tuple[str, ...] = ()
