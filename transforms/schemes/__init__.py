"""The scheme language: what HR may write, as frozen models that refuse what they do not know.

scheme         whom it judges, versions, what a version holds
indicator      lines of a card, with score_rules (value → 0–100) and grading (score → grade, red lines, quotas)
points         sheets of points, with point_rules (value → plus and minus)
pay            facts, formulas, tables, pools, pay lines; pay_checks: do the names lead anywhere?
consequences   what follows from a result
references, targets, quantities   what values are held against, and how numbers are written
wrong          how a mistake is told

Nothing is computed here: `scoring`, `payouts` and `consequences` do that;
`scoring.checks` holds a scheme against the metrics.
"""
