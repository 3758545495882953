"""Everything that opens a socket: the careful trial, the practice server, the listener, the built-in sender."""
