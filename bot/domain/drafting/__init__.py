"""Drafting: the stage a case has reached, and two replies that fit it."""
