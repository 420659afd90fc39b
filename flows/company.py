"""A company is a folder: `config/` that people write, `data/` that runs write. Nothing is written outside it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from flows.rendering.look import Numbers
from flows.rendering.palette import readable_on_white
from transforms.measures.parameters import MeasureParameters
from transforms.titles import Frozen, Locale, Title


class Calendar(Frozen):
    """Working days. `country` CN: China's official holidays and make-up days; the days listed here go before it.

    Empty: Monday to Friday, less `holidays`, plus `make_up_days`.
    """

    country: Literal["", "CN"] = ""
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()


class Gate(Frozen):
    """When data is too bad to score.

    `quarantine_limit_rate`: more bad rows than this share of a fact table's rows in the period stop the run.
    """

    quarantine_limit_rate: float = Field(default=0.01, ge=0, le=1)
    volume_low_ratio: float = Field(default=0.5, ge=0)
    volume_high_ratio: float = Field(default=2.0, ge=1)
    reconcile_tolerance_rate: float = Field(default=0.005, ge=0)
    freshness_days: int = Field(default=1, ge=0)


class Ledger(Frozen):
    """Where revisions are kept; a SQLAlchemy URL, or empty for SQLite in the data folder."""

    url: str = ""


class Delivery(Frozen):
    """How mail leaves: into a folder of .eml files, or to an SMTP server. The password is read from the environment.

    `to_employees`: everybody gets the own report, besides managers getting those of their people. A message refused
    for now is tried `attempts` times, first after `retry_seconds`, then after twice as long each time. A message
    claimed by a process that died is free again after `lease_seconds`. `figures`: whether a letter says score, rank and
    pay itself, or only the attached document does; subject and first lines never do.
    """

    kind: Literal["folder", "smtp"] = "folder"
    sender: str = "jixiao@example.com"
    host: str = "localhost"
    port: int = 587
    starttls: bool = True
    ca_file: str = ""
    username: str = ""
    password_env: str = "JIXIAO_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
    timeout_seconds: float = 30
    max_message_bytes: int = Field(default=18_000_000, ge=100_000)
    to_employees: bool = True
    figures: Literal["body", "attachment"] = "body"
    attempts: int = Field(default=4, ge=1)
    retry_seconds: float = Field(default=30, ge=0)
    lease_seconds: float = Field(default=300, ge=1)


class Schedule(Frozen):
    """When month end runs by itself: after the settle days of the month before; `send`: and mails at the end.

    `daily`: when sheets are collected, raters reminded and overdue appeals escalated; empty: never by itself.
    """

    cron: str = "0 7 20 * *"
    daily: str = "0 8 * * *"
    mode: Literal["provisional", "final"] = "final"
    send: bool = True


class Brand(Frozen):
    """A company's own look.

    `logo`: a PNG or SVG file in the company's folder. `accent`: a colour as "#23506e", readable on white. `words`: own
    wording by language and the English text of the templates.
    """

    logo: str = ""
    accent: str = ""
    words: dict[Locale, dict[str, str]] = Field(default_factory=dict)

    @field_validator("accent")
    @classmethod
    def _readable(cls, accent: str) -> str:
        return readable_on_white(accent)


class Documents(Frozen):
    """Languages, look, appeal window and work of rendering.

    `numbers`: big money and counts where they are only read at a glance, in Chinese: in full, or in 万 and 亿.
    `look_sha256` is filled in when the settings are read: a hash over the logo and the company's own templates, so that
    a revision knows what its documents were made with.
    """

    locale: Locale = "zh-Hans"
    numbers: Numbers = "plain"
    brand: Brand = Brand()
    look_sha256: str = ""
    appeal_working_days: int = Field(default=5, ge=0)
    workers: int = Field(default=2, ge=1)
    trend_months: int = Field(default=6, ge=1, le=24)


class Officers(Frozen):
    """Who may approve, close and decide, by personnel number. An empty list: anybody employed."""

    hr: tuple[str, ...] = ()
    finance: tuple[str, ...] = ()
    final_instance: tuple[str, ...] = ()


class Appeals(Frozen):
    """Working days for an appeal (S01: X is `documents.appeal_working_days`, then Y and Z)."""

    investigate_working_days: int = Field(default=10, ge=1)
    answer_working_days: int = Field(default=5, ge=1)


class Sheets(Frozen):
    """Judging sheets. `folder`: where filled workbooks are dropped, in the company's folder.

    `out` … `finance`: working days after the period's end by which sheets go out, are due back, are summed up and go
    to finance, where a scheme has no calendar of its own.
    """

    folder: str = "data/sheets/in"
    out: int = Field(default=1, ge=1)
    back: int = Field(default=5, ge=1)
    summary: int = Field(default=7, ge=1)
    finance: int = Field(default=10, ge=1)


class Closing(Frozen):
    """What becomes of differences found after a period was closed: a slip in it, or carried over to the next one."""

    after: Literal["slip", "carry_over"] = "slip"


class Facts(Frozen):
    """Limits of DuckDB, which spills to disk beyond `memory_mb`. `threads` 0: one a core."""

    memory_mb: int = Field(default=2000, ge=200)
    threads: int = Field(default=0, ge=0)


class CompanySettings(Frozen):
    """`config/company.yaml`.

    `pay_plan`: what the schemes of a department may pay its people in a month, in whole money, by department id; the
    company's report shows what was paid beside it. A department without an entry has no plan.
    """

    name: Title
    time_zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    measures: MeasureParameters = MeasureParameters()
    calendar: Calendar = Calendar()
    gate: Gate = Gate()
    ledger: Ledger = Ledger()
    delivery: Delivery = Delivery()
    schedule: Schedule = Schedule()
    documents: Documents = Documents()
    facts: Facts = Facts()
    officers: Officers = Officers()
    appeals: Appeals = Appeals()
    sheets: Sheets = Sheets()
    closing: Closing = Closing()
    pay_plan: dict[str, Annotated[Decimal, Field(ge=0, decimal_places=2)]] = Field(default_factory=dict)
    task_runner: Literal["threads", "processes"] = "threads"


@dataclass(frozen=True)
class Company:
    """A company folder with its settings read."""

    root: Path
    settings: CompanySettings

    @property
    def config(self) -> Path:
        """What people write."""
        return self.root / "config"

    @property
    def data(self) -> Path:
        """What runs write."""
        return self.root / "data"

    @property
    def schemes(self) -> Path:
        """Scheme files, one scheme a file."""
        return self.config / "schemes"

    @property
    def sources(self) -> Path:
        """Source files, one source a file."""
        return self.config / "sources"

    @property
    def snapshots(self) -> Path:
        """The snapshot store."""
        return self.data / "snapshots"

    @property
    def findings(self) -> Path:
        """Findings, quarantined rows and the findings page, a folder a period."""
        return self.data / "findings"

    @property
    def reports(self) -> Path:
        """Rendered documents: `reports/PERIOD/rN/`."""
        return self.data / "reports"

    @property
    def outbox(self) -> Path:
        """`.eml` files, when mail goes into a folder."""
        return self.data / "outbox"

    @property
    def prefect_home(self) -> Path:
        """Prefect's own database and logs."""
        return self.data / "prefect"

    def day_of(self, at: datetime) -> date:
        """The day a moment falls on where the company is."""
        return at.astimezone(ZoneInfo(self.settings.time_zone)).date()

    @property
    def ledger_url(self) -> str:
        """SQLAlchemy URL of the ledger."""
        return self.settings.ledger.url or f"sqlite:///{self.data / 'ledger.sqlite'}"
