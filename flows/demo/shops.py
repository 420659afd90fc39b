"""What the demo sells: product lines, items, prices, and who is responsible for which line."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from flows.demo.calendar import DAY_COUNT, FIRST_DAY, Floats, Ints, day_of
from flows.demo.people import SHOPS, People

SHOP_IDS = ("tm_flagship", "jd_store")
SHOP_TITLES = ("鹿鸣旗舰店", "鹿鸣京东自营店")
CATEGORIES = ("茶叶", "茶具", "坚果", "糕点", "蜂蜜", "香薰", "文具", "家纺")
ITEMS_PER_CATEGORY = 12
CATEGORY_SHARE = (0.17, 0.10, 0.15, 0.14, 0.12, 0.10, 0.11, 0.11)
_MEDIAN_PRICE_YUAN = (128, 168, 69, 58, 88, 96, 49, 199)
_MARGIN = (0.46, 0.44, 0.36, 0.40, 0.42, 0.47, 0.38, 0.41)
SHOP_SHARE = (0.62, 0.38)
# One person a line, shop by shop; two people look after two small lines each.
_OWNERS = (
    ("E2001", "E2002", "E2003", "E2004", "E2005", "E2006", "E2007", "E2008"),
    ("E2009", "E2010", "E2011", "E2005", "E2002", "E2003", "E2004", "E2006"),
)
# Who takes over when somebody leaves operations: (employee who goes, first day of the successor, successor).
_HANDOVERS = (("E2007", date(2026, 3, 16), "E2010"), ("E2011", date(2026, 5, 30), "E2012"))


@dataclass(frozen=True)
class Catalogue:
    """Items of all lines; an item's number is its line × `ITEMS_PER_CATEGORY` + its place there."""

    price_fen: Ints
    margin: Floats


def make_catalogue(rng: np.random.Generator) -> Catalogue:
    """Prices spread around each line's median, ending in 9 as prices do; margins around the line's."""
    medians = np.repeat(_MEDIAN_PRICE_YUAN, ITEMS_PER_CATEGORY)
    yuan = np.round(medians * np.exp(rng.normal(0, 0.35, len(medians))) / 10) * 10 + 9
    margins = np.repeat(_MARGIN, ITEMS_PER_CATEGORY) + rng.normal(0, 0.015, len(medians))
    return Catalogue((yuan * 100).astype(np.int64) - 10, np.clip(margins, 0.2, 0.6))


def item_codes() -> tuple[str, ...]:
    """The item numbers as exported."""
    return tuple(f"LM{c + 1:02d}{n + 1:03d}" for c in range(len(CATEGORIES)) for n in range(ITEMS_PER_CATEGORY))


def responsibilities(people: People) -> pd.DataFrame:
    """Who is responsible for which line of which shop: shop, category (numbers), employee_id, begin, end (days)."""
    hired = people.roster.set_index("employee_id")["hired_on"]
    changes = {who: (day, successor) for who, day, successor in _HANDOVERS}
    rows = []
    for shop in range(len(SHOPS)):
        for category, owner in enumerate(_OWNERS[shop]):
            day, successor = changes.get(owner, (None, None))
            rows.append((shop, category, owner, max(FIRST_DAY, hired[owner]), day and day - timedelta(1)))
            if successor:
                rows.append((shop, category, successor, day, None))
    return pd.DataFrame(rows, columns=["shop", "category", "employee_id", "begin", "end"])


def owner_by_day(lines: pd.DataFrame) -> np.ndarray[tuple[int, int, int], np.dtype[np.object_]]:
    """Responsible employee of each shop × category × day."""
    owners = np.full((len(SHOPS), len(CATEGORIES), DAY_COUNT), "", dtype=object)
    days = [day_of(n) for n in range(DAY_COUNT)]
    for line in lines.itertuples():
        held = np.array([line.begin <= day <= (line.end or day) for day in days])
        owners[line.shop, line.category, held] = line.employee_id
    return owners
