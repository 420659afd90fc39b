"""A company folder made of a few lines of text, for tests of sources and snapshots."""

import textwrap
from pathlib import Path

from flows.company import Company, CompanySettings, Facts
from flows.sources import StageReport, load_sources, stage
from flows.warehouse.snapshot_connection import connect
from transforms.titles import Title

ORDER_HEADER = "订单编号,店铺,买家,创建时间,金额,更新时间"
ORDERS = """
source: tmall
kind: files
inputs:
  orders: {path: data/inbox/orders/*.csv}
tables:
  orders: |
    select "订单编号" as order_id, "店铺" as shop_id, "买家" as buyer_id, 'created' as status,
           "创建时间" as created_at, fen("金额") as order_amount_fen, "更新时间" as updated_at, _file, _row
    from orders
"""


def make_company(root: Path, **facts: int) -> Company:
    """An empty company; `facts` are limits of DuckDB."""
    company = Company(root, CompanySettings(name=Title(zh_hans="测试公司"), facts=Facts(**facts)))
    company.sources.mkdir(parents=True)
    return company


def add_source(company: Company, text: str, name: str = "source") -> None:
    """Write a source file."""
    (company.sources / f"{name}.yaml").write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")


def add_file(company: Company, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """Write a file below the company's inbox."""
    path = company.data / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def orders_company(root: Path, **files: str) -> Company:
    """A company with the source ORDERS and one export a keyword: its lines after the header."""
    company = make_company(root)
    add_source(company, ORDERS)
    for name, lines in files.items():
        add_file(company, f"orders/{name}.csv", f"{ORDER_HEADER}\n{textwrap.dedent(lines).strip()}\n")
    return company


class Staged:
    """A staged company, to ask questions of."""

    def __init__(self, company: Company) -> None:
        """Stage every source of the company."""
        self.company, self.con = company, connect(company)
        self.report: StageReport = stage(company, load_sources(company), self.con)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        return self.con.execute(sql).fetchall()
