"""The building blocks of the pages; none of them knows the case."""
