"""Cases of a scheme: sentences in YAML beside it, run through the real engine; `docs/scheme-cases.md` is their format.

written, model   what a case file may say
setting, changes the schemes and the period it runs in; the parameter turned
values, world    a case as metric values and as a small company
running          files → results
comparing        what came out against `then`
sentences        a case told to HR
"""

from flows.scheme_cases.model import CaseFile
from flows.scheme_cases.running import CaseResult, run_cases, scheme_file

__all__ = ["CaseFile", "CaseResult", "run_cases", "scheme_file"]
