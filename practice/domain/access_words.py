"""What the access log keeps of an address, and how its lines are told to people."""

from ipaddress import ip_address, ip_network

from practice.domain.visibility import Kind

TOLD_TO_THEIR_AUTHOR: dict[Kind, str] = {
    Kind.RESPONSE: "answers to questions",
    Kind.HOMEWORK_ENTRY: "homework",
    Kind.GOAL_RATING: "how you rated a goal",
    Kind.INTAKE: "what you told at the beginning",
    Kind.SAFE_CONTACT: "how to reach you",
    Kind.CONSENT: "what you agreed to",
    Kind.AUTHORISATION: "what you allowed to be passed on",
}
"""Kinds of which a member is told who of the practice opened theirs, in words for them.

Nothing that could give away a screening, a risk flag or a plan for safety: somebody may be made to
open this page.
"""


def network_of(address: str) -> str:
    """Return the network of an address: the first 24 bits of IPv4, 48 of IPv6; empty if none."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    length = 24 if known.version == 4 else 48
    return str(ip_network(f"{known}/{length}", strict=False).network_address)
