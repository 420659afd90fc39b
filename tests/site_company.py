"""A small company with two departments, run once a process, and the sites of its readers."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from flows.company import Company
from flows.settings import load_company
from flows.site.making import Site, make
from tests import tiny_company
from transforms.period import parse

PERIOD = parse("2026-10")
AGENTS = ("E7301", "E7302", "E8401")  # the last works in the other department
MANAGER, OTHER_MANAGER, HR = "M1", "M2", "H9"
NAMES = {"E7301": "欧阳甲", "E7302": "司马乙", "E8401": "诸葛丙", "M1": "孟经理", "M2": "端木经理"}


def company_of(factory: pytest.TempPathFactory) -> Company:
    """The company, its October run; not to be changed. The officer of HR has no report of her own."""
    found = load_company(_ran(factory.getbasetemp() / "site-company"))
    officers = found.settings.officers.model_copy(update={"hr": (HR,)})
    return replace(found, settings=found.settings.model_copy(update={"officers": officers}))


def site_of(company: Company, reader: str, folder: Path) -> Site:
    """The site of one reader in a folder of its own."""
    return make(company, PERIOD, reader, folder / reader)


@cache
def _ran(root: Path) -> Path:
    tiny_company.build(root, agents=AGENTS)
    tiny_company.edit(
        root / tiny_company.OFFICE_YAML,
        """'desk' as department_id, day("入职日期\"""",
        """case when "工号" in ('E8401', 'M2') then 'store' else 'desk' end as department_id, day("入职日期\"""",
    )
    inbox = tiny_company.inbox
    tiny_company.add_lines(inbox(root, "org/departments.csv"), "store,Store")
    people = inbox(root, tiny_company.EMPLOYEES)
    tiny_company.add_lines(people, f"M2,{NAMES['M2']},m2@example.com,2024-01-01,manager")
    text = people.read_text("utf-8")
    for who in AGENTS:
        text = text.replace(f"{who},{who},", f"{who},{NAMES[who]},")
    people.write_text(text, "utf-8")
    tiny_company.run(root)
    return root
