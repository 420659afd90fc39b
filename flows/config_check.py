"""`jixiao config check`: every file of a company's configuration read, every scheme's cases run."""

from flows.company import Company
from flows.scheme_cases import run_cases
from flows.schemes import load_schemes
from flows.sources import load_sources
from transforms.errors import ConfigError, Place


def check(company: Company) -> list[tuple[str, str]]:
    """What was read, as facts to print.

    Raises:
        ConfigError: the first mistake, with file, line, field and what is allowed.
    """
    sources, schemes = load_sources(company), load_schemes(company)
    return [
        ("company", company.settings.name.in_locale("en")),
        *((f"source {source.source}", ", ".join(source.tables)) for source in sources),
        *((f"scheme {scheme.scheme}", f"{len(scheme.versions)} version(s)") for scheme in schemes),
        ("cases", f"{_cases(company)} passed"),
    ]


def _cases(company: Company) -> int:
    passed = 0
    for path in sorted((company.schemes / "cases").glob("*.cases.yaml")):
        for result in run_cases(path):
            if not result.holds:
                told = f"case '{result.case}' fails: {'; '.join(result.differences)}"
                raise ConfigError(told, where=Place(str(path)), todo="mend the scheme or the case")
            passed += 1
    return passed
