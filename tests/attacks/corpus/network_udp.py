"""Send a datagram."""
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



def send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"secret", ("127.0.0.1", int("@UDP_PORT@")))


refused("datagram", send)
