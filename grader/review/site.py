"""Which address does what.

    GET  enter?token=...       show the token, get the cookie
    GET  ./                    all questions
    GET  q/3?show=&find=&start=  the third of them: its texts, all, waiting or done, with certain words
    POST q/3/mark              decide about one text, or about identical ones
    POST q/3/undo              take the latest change of this question back
    POST names, save, finish   show or hide names; write reviews.yaml; end the sitting

A form sent by the script asks for JSON and gets what has changed; sent without it, it gets the page again.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from grader.errors import GraderError, OutputError
from grader.model.answers import Review
from grader.review.desk import Change, OutdatedError
from grader.review.guard import Guard, Refused, protect
from grader.review.pages import SHOWN, Pages, progress, state_of
from grader.review.texts import Pile, Slot, Text

__all__ = ["Site"]

LONGEST_COMMENT = 4_000
LONGEST_SEARCH = 200
MOST_COMMENTS = 50


@dataclass(slots=True)
class Site:
    """Answers requests. ``save`` writes reviews.yaml and says so; ``finish`` ends the sitting."""

    guard: Guard
    pages: Pages
    save: Callable[[], str]
    finish: Callable[[], None]
    with_names: bool = False

    def answer(self, request: Request) -> Response:
        """Answer one request; whatever is answered carries the policy."""
        try:
            response = self._answer(request)
        except Refused as refused:
            response = _plain(refused.words, refused.status)
        except HTTPException as error:
            response = _plain(error.description or error.name, error.code or 500)
        except OutputError as error:  # the disk is full: nothing has changed
            response = self._say(request, f"Not saved: {error}", 507)
        except GraderError as error:  # a template of the course was changed meanwhile, and is wrong now
            response = _plain(str(error), 500)
        protect(response.headers, self.pages.script, self.pages.style)
        return response

    def _answer(self, request: Request) -> Response:
        root = self.guard.root
        if request.path == f"{root}enter":
            return self._enter(request)
        self.guard.admit(request)
        if not request.path.startswith(root):
            raise NotFound
        name, values = _match(request, root)
        match name:
            case "overview":
                return _page(self.pages.overview())
            case "question":
                return self._question(request, values["number"])
            case "mark":
                return self._mark(request, values["number"])
            case "undo":
                return self._undo(request, values["number"])
            case "names":
                self.with_names = request.form.get("names") == "1"
                return _to(_back(request, root))
            case "save":
                return _page(self.pages.overview(said=self.save()))
            case _:
                self.finish()
                words = ["Marks are saved. Pages, results.json and grades.csv follow now: see the terminal."]
                return _page(self.pages.words("You can close this tab", words))

    def _enter(self, request: Request) -> Response:
        self.guard.look(request)
        # A page, not a redirect: where another site led here, a redirect would not carry the strict cookie on.
        root = self.guard.root
        response = _page(
            f'<!doctype html><html lang="en"><meta http-equiv="refresh" content="0; url={root}">'
            f'<title>Review</title><p><a href="{root}">Go on to the review</a></p></html>'
        )
        self.guard.enter(request, response)
        return response

    def _pile(self, number: int) -> Pile:
        if not 1 <= number <= len(self.pages.piles):
            raise NotFound
        return self.pages.piles[number - 1]

    def _question(self, request: Request, number: int) -> Response:
        self._pile(number)
        show = request.args.get("show", "all")
        find = request.args.get("find", "")[:LONGEST_SEARCH]
        shown = show if show in SHOWN else "all"
        start = request.args.get("start", "")
        begin = int(start) if _is_whole(start) else 1
        return _page(self.pages.question(number, show=shown, find=find, start=begin, with_names=self.with_names))

    def _mark(self, request: Request, number: int) -> Response:
        pile, desk = self._pile(number), self.pages.desk
        reviews, versions = _decision(pile, request.form)
        try:
            change = desk.write(reviews, versions)
        except OutdatedError as error:
            places = {text.slot: place for place, text in enumerate(pile.texts, start=1)}
            names = ", ".join(str(place) for place in sorted(places[slot] for slot in error.slots))
            words = f"Not saved: answer {names} has been changed in another tab; what it has now is shown."
            return self._changed(request, number, tuple(reviews), words, 409)
        return self._changed(request, number, tuple(reviews), _said(pile, change))

    def _undo(self, request: Request, number: int) -> Response:
        pile = self._pile(number)
        change = self.pages.desk.undo(*pile.key)
        words = f"Undone. {_said(pile, change)}" if change else "There is nothing to undo."
        return self._changed(request, number, tuple(change.after) if change else (), words)

    def _changed(
        self, request: Request, number: int, slots: tuple[Slot, ...], words: str, status: int = 200
    ) -> Response:
        """Say what has changed: as JSON to the script, otherwise as a page."""
        pile, desk = self._pile(number), self.pages.desk
        if request.accept_mimetypes.best != "application/json":
            return self._say(request, words, status) if status != 200 else _to(_back(request, self.guard.root))
        done, total = progress(pile, desk)
        chosen = set(slots)
        cards = [
            {"number": place, "version": desk.version(text.slot), **state_of(text, desk.review(text.slot))}
            for place, text in enumerate(pile.texts, start=1)
            if text.slot in chosen
        ]
        comments = desk.comments(*pile.key)[:MOST_COMMENTS]
        body = {"said": words, "cards": cards, "done": done, "total": total, "steps": desk.steps(*pile.key)}
        return _json({**body, "comments": comments}, status)

    def _say(self, request: Request, words: str, status: int) -> Response:
        if request.accept_mimetypes.best == "application/json":
            return _json({"said": words}, status)
        return _page(self.pages.words("Review", [words], back=_back(request, self.guard.root)), status)


def _decision(pile: Pile, form: "MultiDict[str, str]") -> tuple[dict[Slot, Review | None], dict[Slot, int]]:
    """Read what is decided, of which texts at which versions. Raises Refused for what no form of ours has."""
    chosen = [(_number(form, "text"), _number(form, "version"))]
    if form.get("do") == "same":
        pairs = [entry.partition(":") for entry in form.get("same", "").split()]
        others = [(_whole(number), _whole(version)) for number, _, version in pairs]
        chosen += [(number, version) for number, version in others if number != chosen[0][0]]
    if any(not 1 <= number <= len(pile.texts) for number, _ in chosen):
        raise Refused(400, "There is no such answer.")
    texts = [(pile.texts[number - 1], version) for number, version in chosen]
    if len({text.likeness for text, _ in texts}) > 1:
        raise Refused(400, "These answers are not identical.")
    return {text.slot: _review(text, form) for text, _ in texts}, {text.slot: version for text, version in texts}


def _review(text: Text, form: "MultiDict[str, str]") -> Review | None:
    if form.get("do") == "wait":
        return None
    ticked = set(form.getlist("point")) if form.get("do") != "none" else set[str]()
    points = tuple(point.id for point in text.passage.rubric if point.id in ticked)
    if ticked - set(points):
        raise Refused(400, "The rubric has no such point.")
    comment = form.get("comment", "").replace("\r\n", "\n").strip()
    if len(comment) > LONGEST_COMMENT:
        raise Refused(400, f"A comment has at most {LONGEST_COMMENT} characters.")
    return Review(text.slot.question, text.slot.part, text.passage.digest, points, comment)


def _number(form: "MultiDict[str, str]", name: str) -> int:
    return _whole(form.get(name, ""))


def _whole(text: str) -> int:
    if not _is_whole(text):
        raise Refused(400, "A number was expected.")
    return int(text)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _said(pile: Pile, change: Change | None) -> str:
    """Say what became of the texts that changed."""
    if change is None:
        return "Nothing changed."
    places = [place for place, text in enumerate(pile.texts, start=1) if text.slot in change.after]
    text = pile.texts[places[0] - 1]
    words = state_of(text, change.after[text.slot])["words"]
    if len(places) == 1:
        return f"Answer {places[0]}: {words}."
    return f"{len(places)} answers, each: {words}."


def _match(request: Request, root: str) -> tuple[str, Mapping[str, Any]]:
    adapter = _ROUTES.bind("127.0.0.1", script_name=root, path_info=request.path[len(root) - 1 :])
    try:
        return adapter.match(method=request.method)
    except MethodNotAllowed as error:
        raise Refused(405, "This address is not asked in this way.") from error


_ROUTES = Map(
    [
        Rule("/", endpoint="overview", methods=["GET"]),
        Rule("/q/<int:number>", endpoint="question", methods=["GET"]),
        Rule("/q/<int:number>/mark", endpoint="mark", methods=["POST"]),
        Rule("/q/<int:number>/undo", endpoint="undo", methods=["POST"]),
        Rule("/names", endpoint="names", methods=["POST"]),
        Rule("/save", endpoint="save", methods=["POST"]),
        Rule("/finish", endpoint="finish", methods=["POST"]),
    ],
    strict_slashes=False,
    redirect_defaults=False,
    merge_slashes=False,
)


def _back(request: Request, root: str) -> str:
    """Return the page that a form came from: a question, its filter, an answer; no other address can be named."""
    number, text = request.form.get("page", ""), request.form.get("text", "")
    if not _is_whole(number):
        return root
    query = {name: request.form.get(name, "")[:LONGEST_SEARCH] for name in ("show", "find", "start")}
    anchor = f"#t{int(text)}" if _is_whole(text) else ""
    return f"{root}q/{int(number)}?{urlencode(query)}{anchor}"


def _page(text: str, status: int = 200) -> Response:
    return Response(text.encode("utf-8", "backslashreplace"), status, mimetype="text/html")


def _plain(text: str, status: int) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain")


def _json(value: Mapping[str, Any], status: int) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")


def _to(address: str) -> Response:
    return Response("", 303, {"Location": address})
