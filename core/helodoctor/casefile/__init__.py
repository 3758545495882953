"""Case files: what a walk has found, kept on disk (.helocase)."""
