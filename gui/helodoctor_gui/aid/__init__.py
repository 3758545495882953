"""Help, handbook, glossary, About, settings and Find: what stands beside the walk."""
