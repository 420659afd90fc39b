"""Scoring: dated schemes applied to metric values and judgements, each step kept in a trace."""
