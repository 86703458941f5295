import socket

from bot.cli.demo import HOST, port_beside


def test_the_bot_takes_the_port_after_the_workspace():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        free = taken.getsockname()[1]

    assert port_beside(free - 1) == free


def test_where_that_is_taken_it_takes_any_that_is_free():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port_beside(port - 1) not in (port, 0)


def test_after_the_last_port_there_is_none():
    assert 0 < port_beside(65535) < 65535
