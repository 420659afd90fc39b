"""Measures: additive numbers per employee × shop × business day, computed from facts in DuckDB SQL."""
