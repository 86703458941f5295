"""Fencun 分寸: a Slack bot that helps support agents say no well, keep promises and win renewals."""

__version__ = "0.1.0"
