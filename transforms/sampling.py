"""A random sample that anybody can draw again: the same contacts and seed give the same sample (S06).

Each contact's place is a hash of the seed and its id, so it does not hang on the order of rows, and one more contact
changes the draw of its own agent by one at most. Not for secrets: whoever knows the seed knows the sample.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, order=True)
class Contact:
    """One chat or ticket of one agent. `handled_at`: the shop's wall time; `contact_id` is the platform's."""

    employee_id: str
    handled_at: datetime
    shop_id: str
    account_id: str
    contact_id: str


def draw(contacts: Iterable[Contact], size: int, seed: str) -> tuple[Contact, ...]:
    """At most `size` contacts of each agent, every one as likely as another; by agent and time.

    Args:
        contacts: those that could be judged; one that stands twice counts once.
        size: how many a person; fewer where somebody had fewer.
        seed: any text; write it down, for the draw can be repeated with it.

    Raises:
        ValueError: `size` is below 1.
    """
    if size < 1:
        raise ValueError("a sample holds at least one contact a person")
    return tuple(sorted(each for own in _by_agent(contacts).values() for each in _first(own, size, seed)))


def ticket(contact: Contact, seed: str) -> str:
    """The contact's number in the draw: 64 hexadecimal digits, spread evenly. The lowest are drawn."""
    told = (seed, contact.employee_id, contact.shop_id, contact.account_id, contact.contact_id)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _first(own: Iterable[Contact], size: int, seed: str) -> list[Contact]:
    return sorted(own, key=lambda each: (ticket(each, seed), each))[:size]


def _by_agent(contacts: Iterable[Contact]) -> Mapping[str, set[Contact]]:
    found: dict[str, set[Contact]] = {}
    for each in contacts:
        found.setdefault(each.employee_id, set()).add(each)
    return found
