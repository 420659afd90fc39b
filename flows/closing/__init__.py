"""Closing a period: the checklist, two signatures, and what becomes of differences found later."""
