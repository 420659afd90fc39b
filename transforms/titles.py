"""Names shown to people, in the three languages the product speaks."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Locale = Literal["zh-Hans", "zh-Hant", "en"]


class Frozen(BaseModel):
    """Base of every value in the core: immutable, and a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Title(Frozen):
    """One name in three languages; zh-Hant and en fall back to zh-Hans when a company leaves them out."""

    zh_hans: str = Field(alias="zh-Hans")
    zh_hant: str | None = Field(default=None, alias="zh-Hant")
    en: str | None = None

    def in_locale(self, locale: Locale) -> str:
        """The name in one language."""
        return {"zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant, "en": self.en}[locale] or self.zh_hans
