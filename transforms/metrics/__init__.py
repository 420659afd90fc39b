"""Metrics: a numerator measure over a denominator measure, summed over a window first and divided once."""
