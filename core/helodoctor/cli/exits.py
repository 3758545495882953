"""The exit codes of ``contract.md``."""

EXIT_OK, EXIT_FAULT, EXIT_INPUT, EXIT_NETWORK, EXIT_INTERRUPTED = 0, 1, 2, 3, 130
