"""Ask for the address of a name, and fetch a page."""
# expect: accepted
# then: honest
# levels: strict, basic

import socket
import urllib.request


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)


refused("name", socket.getaddrinfo, "example.org", 80)
refused("page", urllib.request.urlopen, "http://127.0.0.1:@TCP_PORT@/", None, 1)
