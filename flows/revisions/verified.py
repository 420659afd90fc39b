"""What was found when revisions were proved: values for the command line and tests."""

from typing import Literal

from transforms.titles import Frozen

Part = Literal["chain", "snapshot", "settings", "results", "document", "file", "rendering"]


class Fault(Frozen):
    """Something that is not as it was recorded. `says` names numbers and ids, never a person's name."""

    part: Part
    where: str
    says: str


class Proof(Frozen):
    """One revision proved.

    `other_program`: it was made by a version that is not the one at work; what differs then may come from the program.
    `recomputed` False: it could not be made again, a fault says why.
    """

    revision: int
    other_program: bool
    recomputed: bool
    documents: int = 0
    rendered: int = 0
    faults: tuple[Fault, ...] = ()


class Verified(Frozen):
    """The proof of a period: what the ledger's chain and the journal say, and each revision."""

    period: str
    chain: tuple[Fault, ...]
    proofs: tuple[Proof, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that differs."""
        return (*self.chain, *(fault for proof in self.proofs for fault in proof.faults))
