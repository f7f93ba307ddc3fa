"""Attacks on the server of a review: from another page, another name, another origin, without what only we know.

Each is told from the request that works by one thing only, so that it is refused for that.
"""

import contextlib
import http.client
import json
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from grader.errors import OutputError
from grader.review.guard import MOST_BYTES, Guard


class Client:
    """A browser that has opened the address; what it sends can be changed one by one."""

    def __init__(self, sitting) -> None:
        self.sitting, self.guard = sitting, sitting.guard
        self.own = f"http://127.0.0.1:{self.guard.port}"
        answer, _ = self.ask("GET", f"enter?token={self.guard.token}", Cookie=None)
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]

    cookie: str | None = None

    def ask(self, method, path, body=None, **headers):
        """Ask as a page of ours would; ``headers`` take the place of its own, None leaves one out."""
        sent = {
            "Host": f"127.0.0.1:{self.guard.port}",
            "Cookie": self.cookie,
            "Sec-Fetch-Site": "same-origin",
            "Accept": "text/html",
        }
        if body is not None:
            sent |= {"Origin": self.own, "Content-Type": "application/x-www-form-urlencoded"}
            sent["Content-Length"] = str(len(body))
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.guard.port, timeout=20)
        with contextlib.closing(connection):
            connection.putrequest(method, self.guard.root + path if path[:1] != "/" else path, skip_host=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer, answer.read().decode()

    def form(self, **changes) -> bytes:
        """Return the form that marks Dia's answer."""
        fields = {
            "form_token": self.guard.form_token, "text": self.sitting.place("dia"), "version": 0, "point": "early",
            "comment": "", "do": "save", **changes,
        }  # fmt: skip
        return urlencode({name: value for name, value in fields.items() if value is not None}, doseq=True).encode()

    def mark(self, *, changes=None, **headers):
        """Send the form that marks Dia's answer."""
        answer, text = self.ask("POST", "q/1/mark", self.form(**(changes or {})), **headers)
        return answer.status, text


@pytest.fixture
def client(sitting) -> Client:
    return Client(sitting)


def marked(client) -> bool:
    return bool(client.sitting.book.kept)


def test_the_form_that_every_attack_changes_in_one_thing_works(client):
    status, text = client.mark(Accept="application/json")
    assert (status, json.loads(text)["said"]) == (200, f"Answer {client.sitting.place('dia')}: 2 of 4.")
    assert client.sitting.review("dia").points == ("early",)
    assert client.mark(changes={"point": "shrinks", "version": 1})[0] == 303, "without a script, the page again"
    assert client.sitting.review("dia").points == ("shrinks",)


FORGED = {
    "without the cookie": {"Cookie": None},
    "with a cookie made up": {"Cookie": "gradegate-1=x"},
    "from another origin": {"Origin": "http://evil.example"},
    "from another port of this machine": {"Origin": "http://127.0.0.1:1"},
    "from the other name of this machine": {"Origin": "http://localhost"},
    "from a sandboxed frame": {"Origin": "null"},
    "without an origin": {"Origin": None},
    "from another site, says the browser": {"Sec_Fetch_Site": "cross-site"},
    "from another port, says the browser": {"Sec_Fetch_Site": "same-site"},
    "typed as an address": {"Sec_Fetch_Site": "none"},
    "under a name that was rebound": {"Host": "evil.example"},
    "under a name that was rebound to our port": {
        "Host": "evil.example:{port}",
        "Origin": "http://evil.example:{port}",
    },
    "under our name at another port": {"Host": "127.0.0.1:80", "Origin": "http://127.0.0.1:80"},
    "without a host": {"Host": None},
    "as text, which needs no permission from another page": {"Content_Type": "text/plain"},
    "as JSON": {"Content_Type": "application/json"},
    "in parts": {"Content_Type": "multipart/form-data; boundary=x"},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED.keys())
def test_a_forged_form_marks_nothing(client, headers):
    sent = {name: value and value.replace("{port}", str(client.guard.port)) for name, value in headers.items()}
    status, text = client.mark(**sent)
    assert status in {400, 403, 415, 421}
    assert not marked(client)
    for secret in (client.guard.token, client.guard.form_token, client.cookie.partition("=")[2]):
        assert secret not in text


@pytest.mark.parametrize("token", [None, "", "x", "\u00e9", "0" * 43])
def test_a_form_without_our_token_marks_nothing(client, token):
    assert client.mark(changes={"form_token": token})[0] == 403
    assert not marked(client)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "0"}, {"text": "99"}, {"text": "-1"}, {"text": "x"}, {"text": None}, {"text": "9" * 400},
        {"version": None}, {"version": "\u0661"}, {"point": "nonsense"}, {"point": ["early", "' OR 1=1"]},
        {"comment": "x" * 4001}, {"do": "same", "same": "5:0:9"}, {"do": "same", "same": "x"},
    ],
)  # fmt: skip
def test_a_form_that_is_none_of_ours_marks_nothing(client, changes):
    assert client.mark(changes=changes)[0] == 400
    assert not marked(client)


def test_answers_that_are_not_identical_cannot_be_marked_together(client):
    other = client.sitting.place("ada")
    status, text = client.mark(changes={"do": "same", "same": f"{other}:0"})
    assert (status, "not identical" in text) == (400, True)
    assert not marked(client)


@pytest.mark.parametrize(
    "path", ["", "q/1", "q/1/mark", "names", "save", "finish", "nowhere", "enter/", "/", "/favicon.ico"]
)
def test_nothing_is_told_to_who_has_no_cookie(client, path):
    for method, body in (("GET", None), ("POST", client.form())):
        answer, text = client.ask(method, path, body, Cookie=None)
        assert answer.status == 403
        assert "gradient" not in text.lower()
        assert answer.headers["Set-Cookie"] is None


@pytest.mark.parametrize("token", ["", "x", "\u00e9"])
def test_a_wrong_token_gives_no_cookie(client, token):
    answer, _ = client.ask("GET", f"enter?token={token.encode().hex() or ''}", Cookie=None)
    assert (answer.status, answer.headers["Set-Cookie"]) == (403, None)


def test_the_token_opens_under_our_own_name_only(client):
    answer, _ = client.ask("GET", f"enter?token={client.guard.token}", Host="evil.example")
    assert (answer.status, answer.headers["Set-Cookie"]) == (421, None)


def test_the_cookie_is_kept_from_scripts_from_other_sites_and_from_other_ports(client):
    answer, text = client.ask("GET", f"enter?token={client.guard.token}", Cookie=None, Sec_Fetch_Site="cross-site")
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", f"Path={client.guard.root}"} <= set(cookie.split("; "))
    assert client.guard.token not in cookie
    assert client.guard.token not in text


def test_the_secrets_have_256_bits_and_are_new_each_time():
    one, other = Guard(1), Guard(1)
    assert {one.token, one.form_token}.isdisjoint({other.token, other.form_token})
    assert one.desk != other.desk
    assert all(len(re.sub("[^A-Za-z0-9_-]", "", secret)) >= 43 for secret in (one.token, one.form_token))


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_page_of_another_site_can_open_ours_or_read_it(client, site):
    answer, _ = client.ask("GET", "q/1", Sec_Fetch_Site=site, Origin="http://evil.example")
    assert answer.status == 403
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_a_page_may_run_our_script_and_nothing_else_and_stand_in_no_frame(client):
    for path in ("", "q/1", "nowhere"):
        answer, text = client.ask("GET", path)
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert re.fullmatch("'sha256-[A-Za-z0-9+/]{43}='", policy["script-src"])
        assert re.fullmatch("'sha256-[A-Za-z0-9+/]{43}='", policy["style-src"])
        assert policy["form-action"] == policy["connect-src"] == "'self'"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<[^>]* (on\w+|style)=", text), "neither handlers nor styles stand in tags"
        assert not re.search(r"(src|href|action)=\"?(https?:|//)", text), "nothing is asked of another server"


def test_a_text_never_becomes_markup_and_its_hidden_signs_are_written_out(client):
    _, text = client.ask("GET", "q/1")
    assert "&lt;script&gt;window.hacked = 1&lt;/script&gt;" in text
    assert "<script>window" not in text
    assert "<img" not in text
    assert "http://evil.example" in text
    assert 'href="http' not in text
    assert "\u202e" not in text
    assert "\\u202e" in text


def test_names_are_shown_only_when_they_are_asked_for(client):
    assert (
        "eve"
        not in re.sub(
            "<s(cript|tyle)>.*?</s(cript|tyle)>", "", client.ask("GET", "q/1")[1], flags=re.DOTALL
        ).split()
    )
    assert "<bdi>" not in client.ask("GET", "q/1")[1]
    client.ask("POST", "names", client.form(names="1"))
    assert "<bdi>eve</bdi>" in client.ask("GET", "q/1")[1]
    client.ask("POST", "names", client.form(names="0"))
    assert "<bdi>" not in client.ask("GET", "q/1")[1]


def test_a_form_cannot_lead_to_another_address(client):
    for page in ("//evil.example", "1/../../x", "\u0661"):
        answer, _ = client.ask("POST", "names", client.form(names="1", page=page))
        assert answer.headers["Location"] == client.guard.root
    answer, _ = client.ask(
        "POST", "names", client.form(page="2", show="x\r\nSet-Cookie: a=b", find="//evil.example")
    )
    assert answer.headers["Location"].startswith(f"{client.guard.root}q/2?show=x%0D%0ASet-Cookie%3A")
    assert answer.headers["Set-Cookie"] is None


def test_what_is_sent_is_bounded(client):
    size = MOST_BYTES + 1
    with contextlib.suppress(ConnectionError):  # it may be cut off before the answer is read
        answer, _ = client.ask("POST", "q/1/mark", client.form() + b"&x=" + b"x" * size)
        assert answer.status == 413
    answer, _ = client.ask("POST", "q/1/mark", b"0\r\n\r\n", Transfer_Encoding="chunked", Content_Length=None)
    assert answer.status == 411
    answer, _ = client.ask("GET", "q/1?find=" + "x" * 70_000)
    assert answer.status == 414
    assert not marked(client)


def test_other_methods_are_refused(client):
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"):
        assert client.ask(method, "q/1")[0].status in {405, 501}
    assert client.ask("GET", "q/1/mark")[0].status == 405, "nothing is marked by an address"
    assert not marked(client)


def test_silent_and_broken_connections_hold_nobody_up(client):
    address = ("127.0.0.1", client.guard.port)
    with contextlib.ExitStack() as stack:
        for beginning in (
            b"",
            b"GET / HT",
            b"POST /x HTTP/1.1\r\nContent-Length: 50\r\n\r\nhalf",
            b"\x00\xff\r\n\r\n",
        ):
            for _ in range(5):
                stack.enter_context(socket.create_connection(address)).sendall(beginning)
        assert client.ask("GET", "q/1")[0].status == 200


def test_it_listens_on_this_machine_only(client):
    with pytest.raises(OSError, match=r"refused|unreachable|assign|timed out"):
        socket.create_connection(("::1", client.guard.port), timeout=5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: says which address this machine has
        own = probe.getsockname()[0]
    if own.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError, match=r"refused|unreachable|assign|timed out"):
        socket.create_connection((own, client.guard.port), timeout=5)


def test_the_later_of_two_tabs_is_told_and_the_first_one_s_mark_stays(client):
    place = client.sitting.place("dia")
    client.mark()
    status, text = client.mark(changes={"point": "shrinks"}, Accept="application/json")
    told = json.loads(text)
    assert status == 409
    assert "changed in another tab" in told["said"]
    assert told["cards"] == [
        {"number": place, "version": 1, "is_done": True, "points": ["early"], "comment": "", "words": "2 of 4"}
    ]
    assert client.sitting.review("dia").points == ("early",)
    status, text = client.mark(changes={"point": "shrinks"})
    assert (status, "changed in another tab" in text) == (409, True), "without a script, too"


def test_without_a_script_everything_works_by_forms(client):
    same = " ".join(f"{client.sitting.place(student)}:0" for student in ("ada", "ben", "fay"))
    first = client.sitting.place("ada")
    changes = {"text": first, "do": "same", "same": same, "comment": "Well said."}
    assert client.mark(changes=changes)[0] == 303
    assert {client.sitting.review(student).comment for student in ("ada", "ben", "fay")} == {"Well said."}
    assert "3 of 6 marked" in client.ask("GET", "q/1")[1]
    assert client.ask("POST", "q/1/undo", client.form())[0].status == 303
    assert client.sitting.review("ben") is None
    client.mark(changes={"do": "none"})
    assert client.sitting.review("dia").points == ()
    client.mark(changes={"do": "wait", "version": 3})
    assert client.sitting.review("dia") is None
    assert "Written." in client.ask("POST", "save", client.form())[1]


def test_answers_are_filtered_and_found(client):
    def shown(query):
        return set(re.findall(r'<article class="card[^"]*" id="t(\d+)"', client.ask("GET", f"q/1?{query}")[1]))

    dia = str(client.sitting.place("dia"))
    client.mark(changes={"comment": "Which weights?"})
    assert shown("show=done") == shown("find=which") == shown("find=WEIGHTS+because") == {dia}
    assert shown("show=waiting") == shown("") - {dia}
    assert len(shown("")) == 6
    assert shown("find=dia") == set(), "names are never looked in: that would say whose answer it is"


def test_a_large_class_is_shown_a_page_at_a_time(client, monkeypatch):
    """A browser need not lay out thousands of answers; none is left out, and identical ones stay together."""
    monkeypatch.setattr("grader.review.pages.MOST_CARDS", 4)
    shown = [
        [int(one) for one in re.findall(r'id="t(\d+)"', client.ask("GET", f"q/1{query}")[1])]
        for query in ("", "?start=5")
    ]
    assert shown == [[1, 2, 3, 4], [5, 6]]
    assert "start=5" in client.ask("GET", "q/1")[1]
    assert "start=" not in re.sub("<script>.*", "", client.ask("GET", "q/1?start=5")[1], flags=re.DOTALL)
    place = client.sitting.place("dia")
    answer, _ = client.ask("POST", "q/1/mark", client.form(page="1", start="5"))
    assert answer.headers["Location"].endswith(f"q/1?show=&find=&start=5#t{place}")


def test_a_full_disk_is_told_and_the_next_try_works(client, monkeypatch):
    def full(_reviews):
        raise OutputError("cannot write 'gradebook.sqlite': No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(client.sitting.desk, "_keep", full)
        status, text = client.mark(Accept="application/json")
        assert (status, "No space left" in json.loads(text)["said"]) == (507, True)
        assert client.mark()[0] == 507
    assert client.mark()[0] == 303
    assert client.sitting.review("dia").points == ("early",)


def test_what_the_grader_itself_does_wrong_saves_nothing_and_ends_nothing(client, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("secret path")

    monkeypatch.setattr(type(client.sitting.desk), "write", broken)
    status, text = client.mark()
    assert (status, "secret path" in text) == (500, False)
    assert client.ask("GET", "q/1")[0].status == 200


def test_what_comes_after_the_end_is_told_so_and_not_left_waiting(client, monkeypatch):
    """One form is being saved when the end is asked for: it is kept; the one that queued behind the end is not."""
    keep, began, go_on = client.sitting.desk._keep, threading.Event(), threading.Event()

    def slow(reviews):
        began.set()
        go_on.wait(20)
        keep(reviews)

    monkeypatch.setattr(client.sitting.desk, "_keep", slow)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(client.mark)
        began.wait(20)
        client.sitting.stop()
        second = pool.submit(client.mark, changes={"point": "shrinks"})
        time.sleep(0.3)  # so that it queues, mostly; where it comes later it is told the same
        go_on.set()
        assert (first.result(20)[0], second.result(20)[0]) == (303, 503)
    assert client.sitting.review("dia").points == ("early",)
    status, text = client.mark()
    assert (status, text) == (503, "Not saved: the review is closed. Start `grader review` again.\n")
