"""Data without logic: replies, receivers, senders, words, catalogues, icons, samples, handbook."""
