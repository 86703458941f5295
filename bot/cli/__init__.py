"""The commands of ``fencun``: one module each, with ``register(subparsers)`` and ``run(args) -> int``.

Only the module of the chosen command is imported, so a command pays for nothing but its own needs.
"""

COMMANDS = {
    "demo": "start the bot and a local workspace with sample data",
    "run": "run the bot against Slack",
    "read": "read customer messages: labels, amounts, dates",
    "draft": "draft replies for cases, in both tones",
    "letter": "write a formal reply or a memo, as DOCX or PDF",
    "lint": "check replies against the house rules",
    "verdict": "read what a supervisor's answer decides",
    "promises": "find the promises made in replies",
    "crm": "check the CRM, or show a customer's card",
    "scripts": "check the files of scripts_zh/, or preview a play",
    "manifest": "print the Slack app manifest",
    "doctor": "check tokens, channels, groups, store, CRM and scripts",
}
"""Every command and what it does, as ``fencun --help`` lists them."""
