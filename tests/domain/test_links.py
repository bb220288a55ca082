"""Addresses that people are handed: encrypted, of a named host, and nothing hidden in them."""

import pytest

from practice.domain import links


@pytest.mark.parametrize(
    ("typed", "kept", "host"),
    [
        ("https://example.org/page?a=1#b", "https://example.org/page?a=1#b", "example.org"),
        ("  HTTPS://WWW.Example.ORG ", "https://www.example.org", "example.org"),
        ("https://example.org:443/x", "https://example.org/x", "example.org"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://example.org/%C3%A9", "https://example.org/%C3%A9", "example.org"),
    ],
)
def test_what_is_taken_and_how_it_is_kept(typed, kept, host):
    assert links.checked(typed) == kept
    assert links.host_of(kept) == host
    assert links.checked(kept) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("http://example.org", "begins with https"),
        ("javascript:alert(1)", "begins with https"),
        ("data:text/html,x", "begins with https"),
        ("//example.org/page", "begins with https"),
        ("example.org/page", "begins with https"),
        ("https:///page", "a page with a name"),
        ("https://localhost/page", "a page with a name"),
        ("https://192.0.2.7/page", "a page with a name"),
        ("https://[2001:db8::1]/page", "a page with a name"),
        ("https://-bad-.example/", "a page with a name"),
        ("https://bank.example@evil.example/", "names, passwords"),
        ("https://user:secret@example.org/", "names, passwords"),
        ("https://example.org:8443/", "names, passwords"),
        ("https://example.org:many/", "could not read"),
        ("https://[bad/", "could not read"),
        ("https://exa mple.org/", "blanks"),
        ("https://example.org/a\nb", "blanks"),
        ("https://example.org/\u202epage", "blanks"),
        ("https://example.org/<script>", "unusual letters"),
        ('https://example.org/"onclick', "unusual letters"),
        ("https://example.org/" + "x" * 500, "at most 500"),
    ],
)
def test_what_is_refused_and_with_which_words(typed, words):
    with pytest.raises(ValueError, match=words):
        links.checked(typed)


def test_an_address_without_a_host_has_none():
    assert links.host_of("") == ""
