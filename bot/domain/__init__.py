"""The core of the product: pure functions and frozen values.

Nothing here reads a clock, a file, a socket or a setting; time, ids and data come in as arguments.
"""
