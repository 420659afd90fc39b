"""Measures: additive numbers per employee × department × shop × business day, computed from facts by SQL."""
