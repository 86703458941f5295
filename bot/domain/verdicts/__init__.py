"""Verdicts: what a supervisor's answer decides about a request for an exception."""
