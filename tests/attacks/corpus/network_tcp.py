"""Connect to a TCP port of this machine."""
# expect: accepted
# then: honest
# levels: strict, basic

import socket


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)


refused("connect", socket.create_connection, ("127.0.0.1", int("@TCP_PORT@")), 1)
refused("listen", socket.create_server, ("127.0.0.1", 0))
refused("IPv6", socket.socket, socket.AF_INET6, socket.SOCK_STREAM)
