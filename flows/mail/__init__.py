"""Letters, messages, and the two ways they leave."""
