"""The demo company: a deterministic generator of raw exports, with planted faults and a manifest."""
