"""Who judges whom: `config/raters.yaml`, where a company says otherwise than the organisation does by itself.

Without a rule managers judge the people of their department, everybody judges himself, peers are the other members of
the department, and members judge their manager. A manager's own rater is whom a rule names: nobody else can be.
"""

from datetime import date

from pydantic import Field

from flows.company import Company
from flows.yaml_files import validate
from transforms.schemes.score_rules import Role
from transforms.titles import Frozen


class Whom(Frozen):
    """Who is judged; what is left out does not matter."""

    departments: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    employees: tuple[str, ...] = ()


class RaterRule(Frozen):
    """Raters of a role for some people: by personnel number, or whoever holds a post in the period.

    `indicators`: only these (none: all). Valid from `since` until `until`, both included; the period's last day counts.
    """

    role: Role
    whom: Whom = Whom()
    indicators: tuple[str, ...] = ()
    raters: tuple[str, ...] = ()
    rater_posts: tuple[str, ...] = ()
    since: date = date.min
    until: date = date.max


class RaterRules(Frozen):
    """`config/raters.yaml`. The first rule that fits counts."""

    raters: tuple[RaterRule, ...] = Field(default=())


def load_raters(company: Company) -> RaterRules:
    """The company's rules; none without the file.

    Raises:
        ConfigError: the file is not what it should be, with line and field.
    """
    path = company.config / "raters.yaml"
    return validate(RaterRules, path) if path.exists() else RaterRules()
