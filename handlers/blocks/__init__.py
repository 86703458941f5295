"""Domain values to Block Kit, pure. Limits of Slack (docs.slack.dev/reference/block-kit) are kept here."""
