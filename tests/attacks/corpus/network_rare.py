"""Make sockets of rare families."""
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


for family in (1, 2, 10, 15, 16, 17, 31, 38, 40, 44):
    for kind in (1, 2, 3, 5):
        refused(f"family {family} kind {kind}", socket.socket, family, kind)
