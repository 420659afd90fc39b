"""One person of many corrected: how many documents and letters that makes, against making and mailing all.

    python -m benchmarks.revise [PEOPLE]

A company of that many agents in departments of ten, its month run and mailed once: that is the baseline, measured in
the same run. Then a judgement of one agent is corrected and the month is run again. Reported are the documents and
letters of both runs, and the seconds from the revision to its documents and letters. Exit code 1 when something was
made or mailed that says nothing new, or when it was not at least as many times less as there are departments.
"""

import os
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from flows import documents, steps, wiring
from flows.company import Company
from flows.corrections.entering import enter
from flows.month_end import deliver
from flows.settings import load_company
from flows.warehouse import outbox
from flows.warehouse.ledger_documents import documents as recorded
from tests import tiny_company
from tests.tiny_company import AS_OF, COMPANY_YAML, EMPLOYEES, JUDGEMENTS, OFFICE_YAML, PERIOD, SCHEME_YAML, edit, inbox
from transforms.corrections.model import Correction, Decision
from transforms.period import parse

TEAM = 10


def main(people: int) -> int:
    """Print the table; 0 when only what changed was made and mailed."""
    with TemporaryDirectory(prefix="jixiao-bench-") as folder:
        root = company_of(Path(folder) / "company", people)
        first = _run(root, refresh=True)
        deliver(load_company(root), None)
        _correct(root)
        second = _run(root, refresh=False)
    teams = -(-people // TEAM)
    print(f"people                {people}, departments of {TEAM}, {os.cpu_count()} cores")
    print(f"all                   {first[0]} documents, {first[1]} letters, {first[2]:.1f} s")
    print(f"after one correction  {second[0]} documents, {second[1]} letters, {second[2]:.1f} s")
    print(f"ratio                 {first[0] / second[0]:.0f} by documents, {first[1] / second[1]:.0f} by letters, "
          f"{first[2] / second[2]:.1f} by seconds")  # fmt: skip
    return 0 if first[0] / second[0] >= teams / 2 and second[3] else 1


def company_of(root: Path, people: int) -> Path:
    """The tiny company with many agents in departments of ten, each with a manager."""
    agents = [f"A{n:03}" for n in range(people)]
    tiny_company.build(root, agents=agents)
    teams = [f"desk{n // TEAM:02}" for n in range(people)]
    managers = [f"L{team},{team},{team}@example.com,2024-01-01,manager,{team}" for team in sorted(set(teams))]
    members = [
        f"{who},{who},{who.lower()}@example.com,2024-01-01,member,{team}"
        for who, team in zip(agents, teams, strict=True)
    ]
    head = "工号,姓名,邮箱,入职日期,身份,部门"
    rows = [head, *members, *managers, f"M1,孟经理,m1@example.com,2024-01-01,manager,{teams[0]}"]
    inbox(root, EMPLOYEES).write_text("\n".join(rows) + "\n", "utf-8")
    inbox(root, "org/departments.csv").write_text(
        "department_id,title\n" + "".join(f"{t},{t}\n" for t in sorted(set(teams))), "utf-8"
    )
    judged = [f"{who},M1,{80 + n % 7}" for n, who in enumerate(agents)]  # not everybody the same: that is remarked upon
    inbox(root, JUDGEMENTS).write_text("\n".join(["被考核人,评分人,得分", *judged, "M1,M1,85"]) + "\n", "utf-8")
    edit(root / OFFICE_YAML, "入职日期, 身份]", "入职日期, 身份, 部门]")
    edit(root / OFFICE_YAML, "'desk' as department_id", '"部门" as department_id')
    edit(root / SCHEME_YAML, "{department: desk}", f"{{departments: [{', '.join(sorted(set(teams)))}]}}")
    edit(root / COMPANY_YAML, "workers: 1", "workers: 2")
    return root


def _correct(root: Path) -> None:
    """One agent's judgement, decided anew."""
    decision = Decision(act="override", subject_id="A007", key="product_knowledge", value=Decimal(79))
    told = Correction(
        kind="override", period=PERIOD, decision=decision, reason="recount", evidence="benchmark", asked_by="A001",
        approved_by="M1",
    )  # fmt: skip
    enter(load_company(root), told, datetime.now(UTC), "A001")


def _run(root: Path, *, refresh: bool) -> tuple[int, int, float, bool]:
    """Month end: documents made, letters queued, seconds for both, and whether each made document says something new."""
    company, period = load_company(root), parse(PERIOD)
    basis, kept = steps.begin(company, period, AS_OF, refresh=refresh)
    snapshot = kept or steps.gate(company, steps.extract(company), period, AS_OF)
    revision = steps.score(company, snapshot, steps.measure(company, snapshot, period, basis), period, basis)
    begun = perf_counter()
    made = sum(documents.render(company, revision.id, batch) for batch in documents.batches(company, revision.id))
    steps.queue(company, revision.id, revision.snapshot_id, period, hold=False)
    seconds = perf_counter() - begun
    letters = [row for row in outbox.rows(wiring.ledger(company)) if row.revision_id == revision.id]
    return made, len(letters), seconds, _all_new(company, revision.id, made)


def _all_new(company: Company, revision_id: int, made: int) -> bool:
    """Whether as many contents are new to the period as documents were made."""
    engine = wiring.ledger(company)
    before = {each.content_sha256 for earlier in range(1, revision_id) for each in recorded(engine, earlier)}
    return made == sum(each.content_sha256 not in before for each in recorded(engine, revision_id))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
