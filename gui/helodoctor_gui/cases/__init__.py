"""The case of a window: kept after every step, opened again, sent, forgotten."""
