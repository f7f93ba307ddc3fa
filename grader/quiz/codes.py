"""Variant codes: eight signs that stand on a sheet, and from which, with the secret, it is made again.

    K7QF-2M9X    seven signs drawn from the secret, the assessment and the student, and a check sign

There are 31 signs: a prime, so that the check sign finds every sign mistyped and every two neighbours exchanged.
I, L, O, U and Z are none; who types an O for a 0 or an l for a 1 is understood.
"""

from grader.errors import InputError
from grader.numerics.draws import Stream

__all__ = ["code_for", "read_code", "stream_of"]

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
READ = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
LENGTH = 7


def code_for(secret: bytes, assessment: str, student: str) -> str:
    """Return the code of a student's variant of an assessment."""
    stream = Stream.of(secret, "variant", assessment, student)
    body = "".join(stream.choice(SIGNS) for _ in range(LENGTH))
    return _written(body + _check(body))


def read_code(text: str) -> str:
    """Return a code as it stands on the sheet, however it was typed. Raises InputError where it is none."""
    plain = text.upper().translate(READ)
    if len(plain) != LENGTH + 1 or any(sign not in SIGNS for sign in plain):
        words = f"{text[:40]!r} is no variant code"
        raise InputError(
            words, hint="It has eight letters and digits, such as K7QF-2M9X, and stands on the sheet."
        )
    if _check(plain[:LENGTH]) != plain[LENGTH]:
        words = f"the variant code {text[:40]!r} is mistyped: its last sign does not fit the others"
        raise InputError(words, hint="Compare it with the code on the sheet.")
    return _written(plain)


def stream_of(secret: bytes, assessment: str, code: str, question: str) -> Stream:
    """Return the stream from which a question's variant is drawn."""
    return Stream.of(secret, "question", assessment, code, question)


def _written(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:]}"


def _check(body: str) -> str:
    """Return the check sign of a body: its signs as digits in base 3, modulo their number."""
    total = 0
    for sign in body:
        total = (total * 3 + SIGNS.index(sign)) % len(SIGNS)
    return SIGNS[total]
