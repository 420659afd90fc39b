"""How a mistake in a scheme is told."""

from pydantic import BaseModel
from pydantic_core import PydanticCustomError


def wrong(message: str, todo: str, *at: str | int) -> PydanticCustomError:
    """A mistake in a scheme, placed at `at` below the model it was found in."""
    safe = message.replace("{", "(").replace("}", ")")
    return PydanticCustomError("scheme", safe, {"todo": todo, "at": at})


def kinds_of(rule: BaseModel) -> list[str]:
    """The kinds of rule that are written, of a model with a field a kind."""
    return [name for name in type(rule).model_fields if getattr(rule, name) is not None]


def require_one_kind(rule: BaseModel) -> None:
    """Refuse a rule without a kind, and one with two.

    Raises:
        PydanticCustomError: with the kinds there are.
    """
    kinds = kinds_of(rule)
    if len(kinds) != 1:
        allowed = f"write one of: {', '.join(sorted(type(rule).model_fields))}"
        raise wrong(f"a rule has one kind, here are {len(kinds)} ({', '.join(kinds) or 'none'})", allowed)
