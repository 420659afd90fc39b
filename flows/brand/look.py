"""The look of a company's documents: its settings and the files they name, checked, as one value."""

from flows.brand.files import own_files
from flows.brand.logo import logo_uri
from flows.brand.words import own_words
from flows.company import Company
from flows.rendering.look import Look


def look_of(company: Company) -> Look:
    """Read the look that documents are made with.

    Raises:
        ConfigError: a logo or a wording that may not be used; templates are checked by `flows.brand.trial`.
    """
    settings = company.settings.documents
    logo = logo_uri(company.root, settings.brand.logo) if settings.brand.logo else ""
    words, files = own_words(company), own_files(company.root)
    return Look(logo=logo, accent=settings.brand.accent, words=words, numbers=settings.numbers, files=files)
