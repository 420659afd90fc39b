"""Workbooks without a single formula, from tables of exact values; the same tables give the same bytes."""
