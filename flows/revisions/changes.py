"""What a new revision changes against the one before it, with the causes."""

from flows import wiring
from flows.company import Company
from flows.computing import Ground
from flows.warehouse.ledger import RecordedRevision
from flows.warehouse.ledger_queries import load_results
from transforms.revisions import Changes, difference
from transforms.scoring.results import PeriodResults


def changes_since(company: Company, before: RecordedRevision, ground: Ground, results: PeriodResults) -> Changes:
    """Every change of `results`, computed on `ground`, against the period's revision `before`."""
    found = difference(load_results(wiring.ledger(company), before.id), results)
    return Changes(period=ground.period.key, since=before.number, changes=found)
