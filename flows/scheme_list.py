"""Schemes as rows: a company's own, and those that ship with the product; their cases, run."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.company import Company
from flows.new_company import SHIPPED
from flows.scheme_cases import CaseResult, run_cases
from flows.schemes import load_scheme
from flows.yaml_files import load_yaml, nearest
from transforms.errors import ConfigError, NotFoundError
from transforms.titles import Locale

Row = dict[str, object]
_CASES = ".cases.yaml"


def rows(folder: Path, locale: Locale) -> list[Row]:
    """A row a scheme of a folder of schemes."""
    return [_row(path, locale) for path in sorted(folder.glob("*.yaml"))]


def shipped() -> Path:
    """The folder of the schemes that ship."""
    return SHIPPED / "schemes"


def _row(path: Path, locale: Locale) -> Row:
    scheme = load_scheme(path)
    applies, newest = scheme.applies_to, scheme.versions[-1]
    return {
        "file": path.name, "scheme": scheme.scheme, "title": scheme.title.in_locale(locale), "source": scheme.source,
        "counts": scheme.counts, "cycle": scheme.cycle, "departments": ", ".join(applies.where),
        "posts": ", ".join(applies.posts) or "all", "from": newest.effective_from.isoformat(),
        "cases": sum(_cases_in(each) for each in _case_files(path.parent, path.stem)),
    }  # fmt: skip


def _cases_in(path: Path) -> int:
    data, _ = load_yaml(path)
    cases = data.get("cases", []) if isinstance(data, dict) else []
    return len(cases) if isinstance(cases, list) else 0


def _case_files(folder: Path, name: str) -> list[Path]:
    found = (folder / "cases" / f"{name}{_CASES}", *sorted((folder / "cases").glob(f"{name}.*{_CASES}")))
    return [path for path in found if path.exists()]


def run_all(company: Company, name: str | None, locale: Locale) -> Iterator[CaseResult]:
    """Run every case of the company's schemes, or of one (its file's name without .yaml), file by file.

    Raises:
        NotFoundError: there are no cases of that name.
        ConfigError: a case file or its scheme is wrong.
    """
    folder = company.schemes / "cases"
    files = sorted(folder.glob(f"*{_CASES}"))
    chosen = [path for path in files if name is None or path.name.split(".")[0] == name]
    if not chosen:
        names = sorted({path.name.split(".")[0] for path in files})
        guess = nearest(name or "", names)
        todo = (f"did you mean {guess}? " if guess else "") + f"there are cases of: {', '.join(names) or 'none'}"
        raise NotFoundError(f"there are no cases{f' of {name}' if name else ''} in {folder}", todo=todo)
    return (result for path in chosen for result in run_cases(path, locale=locale))


def case_row(result: CaseResult) -> Row:
    """A case that was run, as a row."""
    return {
        "scheme": result.scheme, "case": result.case, "holds": result.holds, "sentence": result.sentence,
        "differences": "; ".join(result.differences),
    }  # fmt: skip


def require_all_hold(results: Sequence[CaseResult]) -> None:
    """Refuse when a case does not come out as written.

    Raises:
        ConfigError: names how many, and the first.
    """
    failed = [each for each in results if not each.holds]
    if failed:
        what = f"{len(failed)} of {len(results)} cases do not hold; the first: {failed[0].scheme}, '{failed[0].case}'"
        raise ConfigError(f"{what}: {'; '.join(failed[0].differences)}", todo="mend the scheme or the case")
