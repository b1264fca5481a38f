"""Connect to a socket in the file system, and to an abstract one."""
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



def connect(address):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
        one.connect(address)


refused("path", connect, "@UNIX_SOCKET@")
refused("abstract", connect, "\0@ABSTRACT@")
refused("pair", socket.socketpair)
