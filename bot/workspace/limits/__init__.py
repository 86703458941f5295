"""Slack's limits on text, Block Kit and views, refused with Slack's codes and JSON pointers."""
