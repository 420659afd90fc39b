"""The reference of appraisal systems: which of S01–S27 ships as which scheme, with how many cases, shown where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.scheme_cases import CaseFile, scheme_file
from flows.schemes import load_scheme
from flows.yaml_files import validate
from transforms.lint import CHECKS
from transforms.schemes.scheme import Scheme, Version

SCHEMES = Path(__file__).resolve().parents[1] / "config" / "schemes"
SYSTEMS = {
    "S01": "Department scorecards of an e-commerce company, by month, quarter and year",
    "S02": "Customer service: weekly ranks, two pools and commission (draft)",
    "S03": "Hotel departments: three raters, 21st to 20th",
    "S04": "Four-factor contest: each factor ranked and rewarded by itself",
    "S05": "Workload 70, satisfaction 30",
    "S06": "Satisfaction, or a sample of contacts judged",
    "S07": "Front, middle and back office",
    "S08": "Online customer-service specialist",
    "S09": "Headline figures of a service centre",
    "S10": "Marketing manager, by quarter, with 360° feedback",
    "S11": "Customer-service manager",
    "S12": "Field service manager: bands",
    "S13": "Department manager: the team's scores rolled up",
    "S14": "Generic catalogue: one indicator of each family",
    "S15": "Cascade: company, department, person",
    "S16": "Site assistant",
    "S17": "Service centre with a pooled commission",
    "S18": "Posts of an online shop: operations, design, customer service",
    "S19": "Website customer service",
    "S20": "Setting up a team's indicators",
    "S21": "Rules of design and the seven mistakes",
    "S22": "Monthly ranking reward",
    "S23": "Forced distribution",
    "S24": "Performance pay",
    "S25": "After-sales customer service",
    "S26": "Four aspects, judged by oneself and the superior",
    "S27": "Output against quality",
}
CHECKED = frozenset({"S20", "S21"})  # not schemes, but checks that run on every scheme
_INTRO = (
    "# Appraisal systems\n\nEvery system of the source documents, and what it ships as: schemes in `config/schemes/`, "
    "run for the demo company, each with cases beside it ([their format](../scheme-cases.md)). S20 and S21 are no "
    "schemes but checks that run on every scheme (`jixiao scheme lint`). `score` gives the person's score, `beside` is "
    "appraised and paid besides, `trial` is shown to managers only and binds nobody.\n\n"
)


@dataclass(frozen=True)
class System:
    """A system as it ships: schemes with their file names, the number of cases, the codes of checks."""

    key: str
    title: str
    schemes: tuple[tuple[str, Scheme], ...]
    cases: int
    checks: tuple[str, ...]

    @property
    def there(self) -> bool:
        """Whether it ships at all."""
        return bool(self.checks if self.key in CHECKED else self.schemes)


def systems(folder: Path = SCHEMES) -> tuple[System, ...]:
    """Every system, in order.

    Raises:
        ConfigError: a scheme or a case file does not load, or a case file has no scheme.
    """
    schemes = {path.name: load_scheme(path) for path in sorted(folder.glob("*.yaml"))}
    cases = list(_cases(folder, schemes))
    return tuple(
        System(
            key=key,
            title=title,
            schemes=tuple((name, each) for name, each in schemes.items() if each.source == key),
            cases=sum(count for source, count in cases if source == key),
            checks=tuple(code for code, check in CHECKS.items() if key in check.source.split(", ")),
        )
        for key, title in SYSTEMS.items()
    )


def _cases(folder: Path, schemes: dict[str, Scheme]) -> Iterator[tuple[str, int]]:
    """The system and the number of cases of each case file."""
    for path in sorted((folder / "cases").glob("*.cases.yaml")):
        told = validate(CaseFile, path)
        name = scheme_file(path, told).name
        scheme = schemes.get(name) or load_scheme(folder / name)
        yield told.source or scheme.source, len(told.cases)


def systems_page(folder: Path = SCHEMES) -> str:
    """The page `docs/reference/systems.md`, without the note that it is generated."""
    head = "| system | what it is | ships as | cases | where it shows |\n|---|---|---|---|---|\n"
    return _INTRO + head + "".join(_row(each) for each in systems(folder))


def _row(system: System) -> str:
    ships = _checks(system) if system.key in CHECKED else "<br>".join(_linked(*each) for each in system.schemes)
    return f"| {system.key} | {system.title} | {ships} | {system.cases} | {shown(system)} |\n"


def _checks(system: System) -> str:
    return "checks " + ", ".join(f"`{code}`" for code in system.checks)


def _linked(name: str, scheme: Scheme) -> str:
    return f"[{name}](../../config/schemes/{name}) ({scheme.counts}, {scheme.cycle})"


def shown(system: System) -> str:
    """The sections of reports in which a reader finds it."""
    if system.key in CHECKED:
        return "company report: State of the data; `jixiao scheme lint`"
    found = [place for _, scheme in system.schemes for place in _places(scheme)]
    return "<br>".join(dict.fromkeys(found))


def _places(scheme: Scheme) -> Iterator[str]:
    parts = ", ".join(_parts(scheme.counts, scheme.versions[-1]))
    title = scheme.title.in_locale("en")
    if scheme.counts == "trial":
        yield f"department report: {title}, as a trial ({parts})"
    elif scheme.counts == "score":
        yield f"employee report: {parts}"
    else:
        yield f"employee report: {title} ({parts})"
    if scheme.counts != "trial" and _of_department(scheme.versions[-1]):
        yield f"department report: {title} (values and pools)"


def _of_department(version: Version) -> bool:
    return version.pay is not None and bool(version.pay.pools or version.pay.department)


def _parts(counts: str, version: Version) -> Sequence[str]:
    present = (
        ("Scorecard" if counts == "score" else "indicators", version.has_card),
        ("points", bool(version.points)),
        ("Statement of pay", version.pay is not None),
        ("What follows", bool(version.consequences)),
    )
    return [name for name, there in present if there]
