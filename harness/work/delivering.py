"""Sends one delivery of a webhook: signed, and to nobody inside the server's own network."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
import ssl
import time
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx2

from harness.store.hooks import Due

LONGEST_URL = 500
_SECONDS = 10.0
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


class Undelivered(Exception):
    """A delivery has not arrived; why is its only argument."""


def signature(secret: str, at: int, body: bytes) -> str:
    """What the header `X-Jaxjudge-Signature` says of a body sent at a time, in Unix seconds."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


def unfit(url: str, inside: bool) -> str:
    """Why nothing can be sent to a URL, such as `has no host`; empty where it can.

    `inside` allows addresses of the server's own network. A name is looked up when something is
    sent: what it stands for may change.
    """
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        return f"is not a URL of at most {LONGEST_URL} ASCII characters"
    try:
        found = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        return "is no URL"
    if found.scheme not in ("http", "https"):
        return "begins neither with https:// nor with http://"
    if not found.host or found.userinfo:
        return "has no host" if not found.host else "has a user or a password in it"
    try:
        address = ip_address(found.host)
    except ValueError:
        return ""
    return "" if inside or is_public(address) else "is inside the network of this server"


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the internet: not of this machine, and not of a network."""
    if isinstance(address, IPv6Address):
        embedded = _embedded(address)
        if embedded is not None:
            return is_public(embedded)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The address of version 4 that one of version 6 leads to."""
    found = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
    if found is None and (address in _NAT64 or address in _COMPATIBLE):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return found


async def deliver(sending: Due, inside: bool) -> str:
    """Send a delivery, and say what was answered; raises `Undelivered`."""
    try:
        async with asyncio.timeout(_SECONDS):  # whoever answers a byte a second is not waited for
            return await _send(sending, httpx2.URL(sending.url), inside)
    except TimeoutError:
        raise Undelivered(f"no answer within {_SECONDS:.0f} s") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        raise Undelivered(f"{type(error).__name__}: {error}"[:200]) from None


async def _send(sending: Due, url: httpx2.URL, inside: bool) -> str:
    addresses = await _addresses(url, inside)
    async with httpx2.AsyncClient(verify=_trust(), trust_env=False, timeout=_SECONDS) as client:
        for address in addresses:
            try:
                return await _post(client, sending, url, address)
            except httpx2.ConnectError as error:
                failure = error
    raise failure


async def _addresses(url: httpx2.URL, inside: bool) -> list[str]:
    """All addresses of a URL's host; raises `Undelivered` if one of them must not be reached."""
    host = url.raw_host.decode("ascii")
    port = url.port or (443 if url.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not inside and not all(is_public(ip_address(address)) for address in addresses):
        raise Undelivered("the host is inside the network of this server")
    return addresses


async def _post(client: httpx2.AsyncClient, sending: Due, url: httpx2.URL, address: str) -> str:
    """Send to the address that was checked: looked up again, the name might stand for another."""
    body = sending.body.encode()
    headers = {
        "Host": url.netloc.decode("ascii"),
        "Content-Type": "application/json",
        "User-Agent": "jaxjudge",
        "X-Jaxjudge-Event": sending.event,
        "X-Jaxjudge-Delivery": sending.id,
        "X-Jaxjudge-Signature": signature(sending.secret, int(time.time()), body),
    }
    name = {"sni_hostname": url.raw_host.decode("ascii")} if url.scheme == "https" else {}
    there = url.copy_with(host=address)
    async with client.stream(
        "POST", there, content=body, headers=headers, extensions=name
    ) as response:  # what is answered beside the status is not read
        if not response.is_success:
            raise Undelivered(f"answered {response.status_code}")
        return str(response.status_code)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
