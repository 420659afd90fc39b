"""The gate: what data must be like before anybody is scored by it, and what results must be like before they are kept."""
