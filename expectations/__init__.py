"""The gate: what data must be like before anybody is scored by it, and results before they are kept."""
