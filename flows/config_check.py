"""`jixiao config check`: every file of a company's configuration read, every scheme's cases run."""

from collections.abc import Iterator

from flows.brand.trial import require_look
from flows.company import Company
from flows.scheme_cases import run_cases
from flows.schemes import load_schemes
from flows.sources import load_sources
from flows.sources.files import matching
from flows.sources.model import FilesSource, Source
from transforms.errors import ConfigError, Place, SourceError


def check(company: Company) -> list[tuple[str, str]]:
    """What was read, as facts to print.

    Raises:
        ConfigError: the first mistake, with file, line, field and what is allowed.
    """
    sources, schemes, look = load_sources(company), load_schemes(company), require_look(company)
    return [
        ("company", company.settings.name.in_locale("en")),
        *((f"source {source.name}", ", ".join(source.definition.tables)) for source in sources),
        *((f"scheme {scheme.scheme}", f"{len(scheme.versions)} version(s)") for scheme in schemes),
        *(("own template", name) for name, _ in look.files),
        ("cases", f"{_cases(company)} passed"),
        *(
            (f"no file yet: {source.name}", f"{path}: put the export there")
            for source in sources
            for path in _absent(company, source)
        ),
    ]


def _absent(company: Company, source: Source) -> Iterator[str]:
    """Paths of required inputs that match nothing so far: no mistake in the configuration, but a run would stop."""
    if isinstance(source.definition, FilesSource):
        for name, declared in source.definition.inputs.items():
            try:
                matching(company, source, name, declared)
            except SourceError:
                yield declared.path


def _cases(company: Company) -> int:
    passed = 0
    for path in sorted((company.schemes / "cases").glob("*.cases.yaml")):
        for result in run_cases(path):
            if not result.holds:
                told = f"case '{result.case}' fails: {'; '.join(result.differences)}"
                raise ConfigError(told, where=Place(str(path)), todo="mend the scheme or the case")
            passed += 1
    return passed
