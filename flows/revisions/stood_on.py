"""What the revision before stood on, and in what a new ground is otherwise."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from flows import wiring
from flows.carry_over import carried_into
from flows.company import Company
from flows.computing import Ground
from flows.corrections.entries import standing_of
from flows.past import reach
from flows.scheme_records import in_force, of_revision
from flows.warehouse import ledger_tables as t
from flows.warehouse.basis import BASIS, Basis
from flows.warehouse.engine import reading
from flows.warehouse.journal import entries
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_hash import UNDECIDING, settings_body
from transforms.corrections.model import CarriedLine, Correction
from transforms.period import Period, parse
from transforms.titles import Title


@dataclass(frozen=True)
class StoodOn:
    """What a recorded revision was made from. `as_of` None: it was made before the day was kept."""

    revision: RecordedRevision
    as_of: date | None
    corrections: tuple[Correction, ...]
    carried: tuple[CarriedLine, ...]
    revisions_until: int
    scheme_hashes: frozenset[str]
    settings: str
    code_version: str
    final_periods: tuple[str, ...] = ()


def stood_on(engine: sa.Engine, revision: RecordedRevision) -> StoodOn:
    """Read it from the ledger and its journal."""
    told = basis_of(engine, revision)
    journal_until = told.journal_until if told else 0
    c = t.revisions.c
    chosen = sa.select(c.scheme_hashes, c.code_version, t.settings.c.body).join(t.settings).where(c.id == revision.id)
    with reading(engine) as con:
        hashes, code, settings = con.execute(chosen).one()
    return StoodOn(
        revision=revision, as_of=told.as_of if told else None,
        corrections=standing_of(engine, revision.period, journal_until),
        carried=carried_into(engine, revision.period, journal_until),
        revisions_until=told.revisions_until if told else revision.id - 1,
        scheme_hashes=frozenset(json.loads(hashes)), settings=settings, code_version=code,
        final_periods=told.final_periods if told else (),
    )  # fmt: skip


def basis_of(engine: sa.Engine, revision: RecordedRevision) -> Basis | None:
    """The journal's entry about what a revision was made from; None of one made before there was a journal."""
    told = (each for each in entries(engine, period=revision.period, kinds=(BASIS,)) if each.key == str(revision.id))
    found = next(told, None)
    return found.read(Basis) if found else None


def read_on(engine: sa.Engine, revision: RecordedRevision | None) -> date | None:
    """The day the rows of a revision were judged by when they were read; None where nothing is known of it."""
    basis = basis_of(engine, revision) if revision else None
    return basis.as_of if basis else None


def other_schemes(company: Company, then: StoodOn, ground: Ground) -> tuple[tuple[str, Title], ...]:
    """Schemes in force whose text is not what it was, with their titles; those that are new or gone too."""
    now = {each.hash: each.scheme for each in in_force(ground.schemes, ground.period)}
    old = {scheme.scheme: scheme.title for scheme, _ in of_revision(wiring.ledger(company), then.revision.id)}
    titles = old | {scheme.scheme: scheme.title for scheme in ground.schemes}
    new = {scheme for key, scheme in now.items() if key not in then.scheme_hashes}
    gone = set(old) - set(now.values())
    return tuple((key, titles[key]) for key in sorted(new | gone))


def other_settings(company: Company, then: StoodOn) -> tuple[str, ...]:
    """Names of the settings that numbers or documents depend on and that are not what they were."""
    old, now = _deciding(json.loads(then.settings)), _deciding(json.loads(settings_body(company.settings)))
    return tuple(sorted(name for name in {*old, *now} if old.get(name) != now.get(name)))


def _deciding(body: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in body.items() if name not in UNDECIDING}
    if isinstance(told.get("documents"), dict):
        told["documents"] = {name: value for name, value in told["documents"].items() if name != "workers"}
    return told


def other_periods(company: Company, then: StoodOn, ground: Ground) -> tuple[str, ...]:
    """Earlier periods that schemes look back to and that got a revision, or were closed, since."""
    since, until = then.revisions_until, ground.revisions_until
    wanted = reach(ground.schemes, ground.period)
    closed = {each for each in {*(ground.final_periods or ())} - {*then.final_periods} if _lies_in(each, wanted)}
    revised = _revised(wiring.ledger(company), ground.period, wanted, since, until)
    return tuple(sorted({*closed, *revised} - {ground.period.key}))


def _lies_in(period: str, within: Period) -> bool:
    days = parse(period)
    return days.start in within and days.end in within


def _revised(engine: sa.Engine, period: Period, within: Period, since: int, until: int | None) -> Iterator[str]:
    c = t.revisions.c
    chosen = sa.select(c.period).distinct().where(
        c.id > since, c.period != period.key, c.period_start >= within.start.isoformat(),
        c.period_end <= within.end.isoformat(), sa.true() if until is None else c.id <= until,
    ).order_by(c.period)  # fmt: skip
    with reading(engine) as con:
        yield from con.scalars(chosen).all()


def not_in(these: Iterable[Correction], others: Collection[Correction]) -> tuple[Correction, ...]:
    """Corrections whose id the others do not have, by id."""
    known = {each.id for each in others}
    return tuple(each for each in these if each.id not in known)
