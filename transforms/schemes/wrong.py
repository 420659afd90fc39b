"""How a mistake in a scheme is told."""

from pydantic_core import PydanticCustomError


def wrong(message: str, todo: str, *at: str | int) -> PydanticCustomError:
    """A mistake in a scheme, placed at `at` below the model it was found in."""
    safe = message.replace("{", "(").replace("}", ")")
    return PydanticCustomError("scheme", safe, {"todo": todo, "at": at})
