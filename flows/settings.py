"""The company folder's own settings: `config/company.yaml` → Company."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from flows.brand.files import files_sha256
from flows.company import Company, CompanySettings
from flows.yaml_files import load_yaml, validate_data
from flows.yaml_mistakes import nearest
from transforms.errors import ConfigError, Place

_INIT = "run `jixiao init` there to make a company folder, or name another one with --company"


def load_company(root: Path) -> Company:
    """Read the settings of the company folder `root`.

    Raises:
        ConfigError: no such folder, no `config/company.yaml` in it, or a setting that is not allowed.
    """
    path = root / "config" / "company.yaml"
    if not root.is_dir():
        raise ConfigError("there is no such folder", where=Place(str(root)), todo=_INIT)
    if not path.is_file():
        raise ConfigError("this is not a company folder: the file is missing", where=Place(str(path)), todo=_INIT)
    data, line_of = load_yaml(path)
    settings = validate_data(CompanySettings, data, path, line_of)
    _require_time_zone(settings.time_zone, Place(str(path), line_of(("time_zone",)), field="time_zone"))
    return Company(root.resolve(), _with_look(root, settings))


def _with_look(root: Path, settings: CompanySettings) -> CompanySettings:
    """The settings with the hash of the files that shape documents: a changed logo makes other documents."""
    found = files_sha256(root, settings.documents.brand)
    documents = settings.documents.model_copy(update={"look_sha256": found})
    return settings.model_copy(update={"documents": documents})


def _require_time_zone(name: str, where: Place) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        guess = nearest(name, available_timezones())
        todo = (f"did you mean '{guess}'? " if guess else "") + "write it as Asia/Shanghai"
        raise ConfigError(f"'{name}' is not a time zone", where=where, todo=todo) from None
