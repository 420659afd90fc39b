"""Judging sheets: workbooks that go out to raters, come back filled, and what is still owed."""
