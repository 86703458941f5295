import io
import json
import logging

import pytest
import structlog

from bot.adapters.logs import configure_logs


@pytest.fixture
def written():
    """A stream for the logs; the configuration of before comes back afterwards."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    yield io.StringIO()
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


def test_an_event_is_one_json_line(written: io.StringIO):
    configure_logs(form="json", stream=written)

    structlog.get_logger().info("case_opened", case="case_1", 客戶="永豐")

    line = json.loads(written.getvalue())
    assert (line["event"], line["case"], line["客戶"], line["level"]) == ("case_opened", "case_1", "永豐", "info")
    assert line["time"].endswith("Z")


def test_the_standard_library_logs_in_the_same_form(written: io.StringIO):
    configure_logs(form="json", stream=written)

    logging.getLogger("slack_sdk").warning("retry %s of %s", 1, 2)

    line = json.loads(written.getvalue())
    assert (line["event"], line["logger"], line["level"]) == ("retry 1 of 2", "slack_sdk", "warning")


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-123456789012-abcdefABCDEF",
        "xapp-1-A0123-99-deadbeef",
        "xoxe.xoxp-1-Mi0yLTEyMzQ",
        "s3cr3tpassw0rd",
        "T0AB/B0CD/kept-private",
        "signing0secret0of0sixteen",
    ],
)
def test_no_secret_reaches_the_log(written: io.StringIO, form: str, secret: str):
    configure_logs(form=form, stream=written, secrets=["signing0secret0of0sixteen", ""])
    log = structlog.get_logger()
    wrapped = {
        "s3cr3tpassw0rd": f"postgresql://bot:{secret}@db/x",
        "T0AB/B0CD/kept-private": f"https://hooks.slack.com/{secret}",
    }
    shown = wrapped.get(secret, secret)

    log.info(shown, field=shown, nested={"deep": [shown]})
    logging.getLogger("lib").error("said %s", shown)
    log.error("failed", exc_info=ValueError(shown))

    assert secret not in written.getvalue()
    assert "***" in written.getvalue()


def test_an_address_without_a_password_stays_whole(written: io.StringIO):
    configure_logs(form="json", stream=written)

    structlog.get_logger().info("ready", url="http://127.0.0.1:8020/", mail="a@b.example")

    line = json.loads(written.getvalue())
    assert (line["url"], line["mail"]) == ("http://127.0.0.1:8020/", "a@b.example")


def test_customers_words_are_not_logged_above_debug(written: io.StringIO):
    configure_logs(level="debug", form="json", stream=written)

    structlog.get_logger().info("message_stored", text="我們的 ERP 壞了", ts="1.2")
    structlog.get_logger().debug("message_stored", text="我們的 ERP 壞了")

    quiet, open_ = (json.loads(line) for line in written.getvalue().splitlines())
    assert (quiet["text"], quiet["ts"]) == ("<10 characters>", "1.2")
    assert open_["text"] == "我們的 ERP 壞了"


def test_events_below_the_level_are_not_written(written: io.StringIO):
    configure_logs(level="warning", form="json", stream=written)

    structlog.get_logger().info("quiet")
    logging.getLogger("lib").info("quiet")

    assert written.getvalue() == ""


def test_libraries_are_heard_from_warnings_on(written: io.StringIO):
    configure_logs(form="json", stream=written)

    logging.getLogger("alembic").info("Running upgrade")
    logging.getLogger("alembic").warning("odd")

    assert [json.loads(line)["event"] for line in written.getvalue().splitlines()] == ["odd"]


def test_libraries_are_heard_in_full_when_debugging(written: io.StringIO):
    configure_logs(level="debug", form="json", stream=written)

    logging.getLogger("alembic").info("Running upgrade")

    assert "Running upgrade" in written.getvalue()


def test_an_exception_stays_on_one_json_line(written: io.StringIO):
    configure_logs(form="json", stream=written)

    structlog.get_logger().error("failed", exc_info=ValueError("two\nlines"))

    assert "ValueError: two\nlines" in json.loads(written.getvalue())["exception"]
