"""Scoring: dated schemes applied to metric values and judgements, each step kept in a trace.

what is known   book → facts (a book at one window), inputs, people, windows; comparing, targets: what to hold against
who             stays (which scheme gives the score), membership (who else is appraised, or ranked only)
cards           rules, indicators, lines, judging → cards → combine, grades, red_lines, ranks; departments; engine
points          point_rules_applied, point_lines, point_others, point_targets → points; appraisals: beside the score
words           sentences; rule_, reference_, line_ and point_sentences
decisions       decided: lines and totals that people exempted or decided, in place of what was computed
origin          trace, with the steps of cards, points and money in *_operations; results: what came out
checks          a scheme against the metrics there are; sheets_due: raters who have not answered
"""
