"""The rows of checkout."""
