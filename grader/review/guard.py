"""Who may ask, and what an answer may do in a browser.

    http://127.0.0.1:PORT/<desk>/enter?token=<token>    printed once; sets the cookie and goes on to /<desk>/
    every other address                                 needs the cookie
    every POST                                          needs the cookie, our own origin, and the form's token

What is held against whom:

    another machine           the socket is bound to 127.0.0.1
    another user here         256 bits of token, never in a log; the cookie is another secret, sent below /<desk>/
                              only, so that no other port of 127.0.0.1 is told it
    another page              SameSite=Strict, Origin, Sec-Fetch-Site, a token in each form; no CORS header is sent
    a name that is rebound    Host must be 127.0.0.1 or localhost, with our port
    a student's text          escaped by Jinja; the policy allows our one script and our one style by their digests
    a page around ours        frame-ancestors 'none'
    a cache, a history        no-store; the token is in one address only, which is left at once

Knows no texts and no marks.
"""

import hmac
import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request, Response

__all__ = ["MOST_BYTES", "Guard", "Refused", "protect"]

MOST_BYTES = 64 << 10  # of a request's body
METHODS = {"GET", "HEAD", "POST"}


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A request that is not answered, and why."""

    status: int
    words: str


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one sitting."""

    port: int
    desk: str = field(default_factory=lambda: secrets.token_hex(8))
    token: str = field(default_factory=_secret)
    form_token: str = field(default_factory=_secret)
    _cookie: str = field(default_factory=_secret)

    @property
    def root(self) -> str:
        """The path that all addresses begin with."""
        return f"/{self.desk}/"

    @property
    def address(self) -> str:
        """The address to open; it is a secret."""
        return f"http://127.0.0.1:{self.port}{self.root}enter?token={self.token}"

    def admit(self, request: Request) -> None:
        """Let a request pass that needs the cookie, or raise Refused."""
        self.look(request)
        if _is_not(request.headers.get("Sec-Fetch-Site"), {"same-origin", "none"}):
            raise Refused(403, "This address cannot be opened from another page.")
        if not _same(request.cookies.get(self._name, ""), self._cookie):
            raise Refused(403, "Open the address that `grader review` printed: this browser has not shown it yet.")
        if request.method == "POST":
            self._admit_form(request)

    def look(self, request: Request) -> None:
        """Refuse what is wrong with any request: another host's name, another method, a body that is too large."""
        hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        if request.environ.get("HTTP_HOST", "").lower() not in hosts:
            raise Refused(421, "This server answers to 127.0.0.1 only.")
        if request.method not in METHODS:
            raise Refused(405, "This method is not known here.")
        if request.headers.get("Transfer-Encoding"):
            raise Refused(411, "The length of what is sent must be told first.")
        if (request.content_length or 0) > MOST_BYTES:
            raise Refused(413, f"What is sent may have at most {MOST_BYTES} bytes.")

    def enter(self, request: Request, response: Response) -> None:
        """Give the cookie to who shows the token, or raise Refused."""
        if request.method == "POST" or not _same(request.args.get("token", ""), self.token):
            raise Refused(403, "This is not the address that `grader review` printed.")
        response.set_cookie(self._name, self._cookie, path=self.root, httponly=True, samesite="Strict")

    def _admit_form(self, request: Request) -> None:
        origin = request.headers.get("Origin", "")
        if origin != f"http://{request.environ['HTTP_HOST'].lower()}":
            raise Refused(403, "This form was sent from another page.")
        if _is_not(request.headers.get("Sec-Fetch-Site"), {"same-origin"}):
            raise Refused(403, "This form was sent from another page.")
        if request.mimetype != "application/x-www-form-urlencoded":
            raise Refused(415, "Only forms are taken here.")
        if not _same(request.form.get("form_token", ""), self.form_token):
            raise Refused(403, "This form is of an earlier run: load the page again.")

    @property
    def _name(self) -> str:
        return f"gradegate-{self.port}"  # cookies do not know ports: two sittings at once must not meet


def protect(headers: Headers, script: str, style: str) -> None:
    """Say to the browser what a page may do: run ``script``, apply ``style``, and no others."""
    headers["Content-Security-Policy"] = "; ".join((
        "default-src 'none'",
        f"script-src '{_digest(script)}'",
        f"style-src '{_digest(style)}'",
        "img-src data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ))  # fmt: skip
    headers["X-Frame-Options"] = "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Referrer-Policy"] = "same-origin"  # with no-referrer, forms would be sent with the origin `null`
    headers["Cache-Control"] = "no-store"


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def _is_not(given: str | None, allowed: set[str]) -> bool:
    """Whether a header is there and says something else; older browsers do not send it."""
    return given is not None and given not in allowed
