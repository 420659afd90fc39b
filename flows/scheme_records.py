"""Scheme versions as the ledger keeps them: the whole text of what was in force."""

import json
from collections.abc import Iterable

import sqlalchemy as sa

from flows.warehouse import ledger_tables as t
from flows.warehouse.engine import reading
from flows.warehouse.ledger_hash import SchemeVersion
from transforms.period import Period
from transforms.schemes.scheme import Scheme, Version


def in_force(schemes: Iterable[Scheme], period: Period) -> tuple[SchemeVersion, ...]:
    """The version of each scheme that judges the period, with everything it says, in the order it says it.

    The order is kept because results follow it: the values of a department, the lines of a statement.
    """
    windows = ((scheme, scheme.window(period)) for scheme in schemes)
    found = ((scheme, scheme.in_force(window.start)) for scheme, window in windows if window is not None)
    return tuple(
        SchemeVersion(
            scheme=scheme.scheme, effective_from=version.effective_from.isoformat(),
            text=json.dumps(scheme.model_copy(update={"versions": (version,)}).model_dump(mode="json", by_alias=True),
                            ensure_ascii=False),
        )
        for scheme, version in found if version is not None
    )  # fmt: skip


def of_revision(engine: sa.Engine, revision_id: int) -> tuple[tuple[Scheme, Version], ...]:
    """The schemes a revision was scored by, as the ledger keeps them."""
    with reading(engine) as con:
        hashes = con.scalar(sa.select(t.revisions.c.scheme_hashes).where(t.revisions.c.id == revision_id))
        chosen = sa.select(t.scheme_versions.c.text).where(t.scheme_versions.c.hash.in_(json.loads(hashes or "[]")))
        return read(con.scalars(chosen))


def read(texts: Iterable[str]) -> tuple[tuple[Scheme, Version], ...]:
    """Recorded scheme versions as schemes, by name."""
    schemes = [Scheme.model_validate_json(text) for text in texts]
    return tuple((scheme, scheme.versions[0]) for scheme in sorted(schemes, key=lambda each: each.scheme))
