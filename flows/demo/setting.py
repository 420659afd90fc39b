"""What is there before anything happens: people, their accounts, goods, and who looks after which line."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from flows.demo.accounts import Holders, chat_holders, parcel_holders
from flows.demo.people import People, make_people
from flows.demo.shops import Catalogue, make_catalogue, responsibilities

# A stream of chance by the name of what is drawn from it.
Stream = Callable[[str], np.random.Generator]


@dataclass(frozen=True)
class Setting:
    """The company: `chat` and `parcel` are turns of people with accounts; `responsible` as `shops.responsibilities`."""

    people: People
    chat: Holders
    parcel: Holders
    catalogue: Catalogue
    responsible: pd.DataFrame


def make_setting(part: Stream) -> Setting:
    """Hire everybody and fill the shelves."""
    people = make_people(part("people"), part("people of support"))
    return Setting(
        people,
        chat_holders(people),
        parcel_holders(people),
        make_catalogue(part("catalogue")),
        responsibilities(people),
    )
