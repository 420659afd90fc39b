"""Which contacts are judged (S06): those of a scheme's people in its window, drawn by `transforms.sampling`."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import duckdb

from flows import wiring
from flows.company import Company
from flows.facts import open_facts, working_since
from flows.schemes import load_schemes
from flows.sources import load_sources, stage
from flows.warehouse.ledger_queries import latest
from flows.warehouse.snapshot_connection import connect
from flows.yaml_files import nearest
from transforms.errors import NotFoundError, PeriodError
from transforms.measures.relations import prepare
from transforms.metrics.catalogue import CATALOGUE
from transforms.period import Period
from transforms.sampling import Contact, draw
from transforms.schemes.scheme import Scheme, Version
from transforms.scoring.book import make_book
from transforms.scoring.facts import facts_of
from transforms.scoring.inputs import read_inputs
from transforms.scoring.membership import members

_CONTACTS = """
    select l.employee_id, min(l.sent_at) as handled_at, m.shop_id, m.account_id, m.session_id as contact
    from lines as l join messages as m using (shop_id, message_id)
    where l.by_person and in_window(business_day(l.sent_at))
    group by all
    union all
    select a.employee_id, t.first_answered_at, t.shop_id, t.account_id, t.ticket_id
    from tickets as t
    join account_spans as a
      on a.account_id = t.account_id and a.shop_id = t.shop_id
     and t.first_answered_at >= a.valid_from and t.first_answered_at < a.valid_until
    where in_window(business_day(t.first_answered_at))"""


@dataclass(frozen=True)
class Sample:
    """A draw: the contacts, and what is needed to draw it again. `people`: contacts each had, by employee."""

    scheme: Scheme
    window: Period
    size: int
    seed: str
    people: dict[str, int]
    contacts: tuple[Contact, ...]


def sample(company: Company, period: Period, name: str, size: int, seed: str) -> Sample:
    """Draw `size` contacts a person whom the scheme appraises: chats and tickets answered in its window.

    Read from the snapshot of the period's latest revision; where the period was never run, from the sources as they
    lie there now.

    Raises:
        NotFoundError: no such scheme, or nobody it appraises had a contact.
        PeriodError: the scheme judges no such period.
    """
    scheme = _scheme(company, name)
    window = scheme.window(period)
    version = scheme.in_force(window.start) if window else None
    if window is None or version is None:
        raise PeriodError(f"{scheme.scheme} judges no period {period.key}", todo=f"its cycle is: {scheme.cycle}")
    with closing(_facts(company, period)) as con:
        people = _people(company, con, scheme, version, window)
        found = [each for each in _contacts(company, con, window) if each.employee_id in people]
    if not found:
        todo = f"it appraises {len(people)} people; check the period and the exports"
        raise NotFoundError(f"nobody under {scheme.scheme} had a contact in {window.key}", todo=todo)
    counts = {who: sum(each.employee_id == who for each in found) for who in sorted(people)}
    return Sample(scheme, window, size, seed, counts, draw(found, size, seed))


def _scheme(company: Company, name: str) -> Scheme:
    schemes = {each.scheme: each for each in load_schemes(company)}
    if name not in schemes:
        guess = nearest(name, schemes)
        todo = (f"did you mean {guess}? " if guess else "") + f"there are: {', '.join(sorted(schemes))}"
        raise NotFoundError(f"there is no scheme {name}", todo=todo)
    return schemes[name]


def _facts(company: Company, period: Period) -> duckdb.DuckDBPyConnection:
    revision = latest(wiring.ledger(company), period.key)
    if revision is not None:
        return open_facts(company, revision.snapshot_id, period)
    con = connect(company)
    stage(company, load_sources(company), con)
    return con


def _people(
    company: Company, con: duckdb.DuckDBPyConnection, scheme: Scheme, version: Version, window: Period
) -> frozenset[str]:
    book = make_book(
        window, CATALOGUE, (), read_inputs(con), as_of=window.end, working_days=working_since(company, window),
        parameters=company.settings.measures,
    )  # fmt: skip
    return frozenset(each.employee_id for each in members(scheme, version, facts_of(book, window)) if each.appraised)


def _contacts(company: Company, con: duckdb.DuckDBPyConnection, window: Period) -> Iterator[Contact]:
    prepare(con, company.settings.measures, window, subjects=())
    rows = con.execute(_CONTACTS).fetchall()
    return (Contact(*row) for row in rows if row[0] is not None)
