"""The parts of ``build.py``: each makes or proves one thing, in the Python of ``.venv``. Not part of the program."""
