"""Each mistake in a question of a quiz is told in a sentence, where it stands."""
# ruff: noqa: E501, Q003 (a table)

import pytest

from grader.bank.load import load_topic
from grader.errors import BankError

GATES = [
    # (what is written, what is written instead, what must be said, where)
    # several choices
    ("the input gate, right: true}\n      - {text: the forget gate, right: true}\n      - {text: the output gate, right: true}", "a}\n      - {text: b}\n      - {text: c}", "none of the choices is right", "- {text: a}"),
    ("misconception: tanh-decides}\n      - {text: the cell state}", "right: true}\n      - {text: the cell state, right: true}", "all of the choices are right", "- {text: the input gate"),
    ("show: 4", "show: 9", "9 choices are to be shown, and there are 5", "9\n"),
    ("show: 4", "show: 3", "3 choices are to be shown, and 3 are right: there is no room for a wrong one", "3\n    solution: The three"),
    ("{text: the cell state}", "{text: the output gate}", "the choice 'the output gate' reads like choice 3", "the output gate}"),
    ("text: the input gate, right: true", "text: the input gate, right: true, misconception: tanh-decides", "a right choice betrays no misconception", "misconception: tanh-decides}\n      - {text: the forget"),
    ("misconception: tanh-decides", "misconception: tanh-decide", "'tanh-decide' is not a misconception", "tanh-decide}"),
    ("text: the cell state", "text: \"the cell [[state]]\"", "'state' is not a value", "\"the cell [[state]]"),
    # true or false
    ("answer: sech(a)^2 > sigmoid(a) * (1 - sigmoid(a))", "answer: 1", "`answer` is 1", "1\n    feedback"),
    ("answer: sech(a)^2 > sigmoid(a) * (1 - sigmoid(a))", "answer: a", "this is no comparison", "a\n    feedback"),
    ("answer: sech(a)^2 > sigmoid(a)", "answer: sech(b)^2 > sigmoid(a)", "`sech(b)^2` is no formula", "sech(b)^2 >"),
    ("feedback: Work out", "feedback: Work [[b]] out", "'b' is not a value", "Work [[b]]"),
    ("says: It has both slopes., share: 50", "says: It has both slopes., share: 49", "the shares add up to 99 %, not 100 %", "- {id: both"),
    ("id: saturates", "id: both", "'both' is a point's id for the second time", "both, says: tanh"),
    ("share: 50\n      lines", "share: 100\n      lines", "the reason has all points, and the choice none", "100\n      lines"),
    ("share: 50\n      lines", "share: 0\n      lines", "`share` is 0", "0\n      lines"),
    ("      model: \"Left", "      modell: \"Left", "`modell` is not a key of a reason", "modell"),
    ("      lines: 3\n", "      lines: 0\n", "`lines` is 0", "0\n      rubric"),
    # blanks
    ("tanh is an ___ function", "tanh is an function", "the prompt has 2 blanks (`___`), and 3 are filled in by `blanks`", "blanks:\n      - {words"),
    ("tanh is an ___ function", "tanh is an ____ function", "a blank is three underscores, and here are 4 in a row", "tanh is an ____"),
    ("$\\tanh(-x) =$ ___", "$\\tanh(-x) = ___$", "a blank stands between dollar signs", "tanh is an ___"),
    ("{words: [odd, \"skew-symmetric\"], wrong", "{wrong", "a blank has either `words` or an `answer`", "{wrong: [{answer: even"),
    ("answer: even", "answer: Odd", "'Odd' counts as right and as wrong", "Odd, feedback"),
    ("variables: {x: [-2, 2]}}", "variables: {x: [2, -2]}}", "the range from 2 to -2 is empty", "[2, -2]"),
    ("variables: {x: [-2, 2]}}", "variables: {y: [-2, 2]}}", "`-tanh(x)` is no formula", "-tanh(x), variables"),
    ("variables: {x: [-2, 2]}}", "variables: {a: [-2, 2]}}", "`a` is drawn already", "a: [-2, 2]"),
    ("variables: {x: [-2, 2]}}", "variables: {x: [-2, 2]}, aliases: {y: [z]}}", "'y' is not a variable of this question", "[z]"),
    ("variables: {x: [-2, 2]}}", "variables: {x: [-2, 2]}, aliases: {x: [e]}}", "`e` has a meaning here already", "e]"),
    ("variables: {x: [-2, 2]}}", "variables: {x: [-2, 2]}, aliases: {x: [a]}}", "`a` has a meaning here already", "a]}}"),
    ("variables: {x: [-2, 2]}}", "variables: {x: [-2, 2]}, without: [thanh]}", "'thanh' is not a function of formulas", "thanh"),
    ("variables: {x: [-2, 2]}}", "variables: {x: [-2, 2]}, without: [tanh]}", "the right formula uses `tanh`, which is forbidden here", "tanh]"),
    ("tolerance: {absolute: 0.001}}", "tolerance: {absolute: 0.001}, without: [tanh]}", "`without` is for a formula, and here goes something else", "without: [tanh]}"),
    ("variables: {x: [-2, 2]}}", "variables: {x: [-2, 2]}, units: m}", "`units` is for numbers, and here goes a formula", "units: m"),
    ("answer: -tanh(a), tolerance: {absolute: 0.001}", "answer: -tanh(a)", "which numbers are right is said by either `tolerance` or `ranges`", "{answer: -tanh(a)}"),
    ("answer: -tanh(a), tolerance: {absolute: 0.001}", "answer: -tanh(a), tolerance: {absolute: 0.001}, share: 50", "blank 1 has no `share`, and others have", "{words: [odd"),
    # ordering
    ("value: a + 1}\n", "value: b + 1}\n", "`b + 1` is no formula", "b + 1}"),
    ("text: $\\sigma(x)$", "text: $\\tanh(x)$", "line 2 reads like line 1: more than one order would be right", "$\\tanh(x)$, value: sigmoid"),
    ("      - {text: $\\sigma(x)$, value: sigmoid(a)}\n", "", "`ranked` is a list of 2", "- {text: $\\tanh(x)$, value"),
    ("    partial: pairs", "    lines: [a, b, c]", "an ordering has either `lines` or `ranked`", "id: by_value"),
    ("    partial: pairs", "    partial: half", "`partial` is 'half', which is not known here", "half\n"),
    ("    partial: pairs", "    wrong: [{order: [1, 2, 2], feedback: no}]", "the order [1, 2, 2] does not name each of the 3 lines once", "[1, 2, 2]"),
    ("    partial: pairs", "    wrong: [{order: [1, 2, 3], feedback: \"[[b]]\"}]", "'b' is not a value", "\"[[b]]\""),
    # matching
    ("right: says how much is written, feedback", "right: says how much is writen, feedback", "'says how much is writen' is not a right side of this question", "says how much is writen,"),
    ("right: says how much is written, feedback", "right: says how much is kept, feedback", "'says how much is kept' is this pair's right partner", "says how much is kept, feedback"),
    ("others: [says how fast is learned]", "others: [is what is written]", "'is what is written' stands on the right already", "is what is written]"),
    ("others: [says how fast is learned]", "show: 4", "4 pairs are to be shown, and there are 3", "4\n    solution: $c_t"),
    ("left: $g_t$", "left: $i_t$", "the left side '$i_t$' reads like left side 2", "$i_t$, right: is what"),
    # prediction
    ("print(np.round", "prnt(np.round", "line 2 of the code raises NameError", "|\n      import numpy"),
    ("print(np.round", "print((np.round", "of the code is no Python", "|\n      import numpy"),
    ("      print(np.round", "      x = (np.round", "the code prints nothing", "|\n      import numpy"),
    ("* [[a]])", "* [[b]])", "'b' is not a value", "|\n      import numpy"),
    ("np.tanh([-100, 0, 100])", "np.tanh([[1, 2]])", "[[1, 2]] names nothing that is drawn", "|\n      import numpy"),
    ("np.tanh([-100, 0, 100])", "np.random.rand(3)", "the code prints something else each time", "|\n      import numpy"),
    ("    wrong:\n      - {answer: \"[-100.", "    tolerance: {digits: 3}\n    wrong:\n      - {answer: \"[-100.", "a tolerance is for numbers, and what is printed is compared as text", "tolerance: {digits: 3}\n    wrong:\n      - {answer: \"[-100."),
    ("    wrong:\n      - {answer: \"[-100. 0. 100.]\", feedback: tanh is bounded.}\n", "    as: number\n", "and a finite number is asked for", "|\n      import numpy"),
    ("    wrong:\n      - {answer: \"[-100.", "    as: list\n    wrong:\n      - {answer: \"[-100.", "`as` is 'list', which is not known here", "list\n"),
    ("    wrong:\n      - {answer: \"[-100.", "    ignore: [dots]\n    wrong:\n      - {answer: \"[-100.", "entry 1 of `ignore` is 'dots'", "dots"),
    # plot
    ("label: derivative, formula: k", "label: \"of [[b]]\", formula: k", "'b' is not a value", "\"of [[b]]\""),
    ("    answer: k\n", "", "a plot is asked about with either `choices` or an `answer`, a number", "id: peak"),
    ("says: A bell-shaped curve", "says: A bell-shaped curve of height [[k]]", "`says` has [[k]] in it, the answer", "A bell-shaped"),
    ("    figure:\n      says", "    figures:\n      says", "`figures` is not a key of a plot", "figures"),
    ("    tolerance: {absolute: 0.2}\n", "    tolerance: {absolute: 0.2}\n    show: 2\n", "`show` is for choices, and a number is asked for", "show: 2"),
    ("    tolerance: {absolute: 0.2}\n", "    tolerance: {absolute: -0.2}\n", "`absolute` is -0.2", "-0.2"),
    # short answer
    ("share: 60}", "share: 100/3}", "the shares add up to 220/3 %, not 100 %", "- {id: sum"),
    ("share: 60}", "share: x}", "`share` is 'x'", "x}\n      - {id: forget"),
    ("    rubric:\n      - {id: sum, says: The cell state is updated by a sum., share: 60}\n      - {id: forget, says: The factor from step to step is the forget gate., share: 40}\n", "", "a short answer needs `rubric`", "id: why"),
    ("    model: The cell state is a sum", "    model: The [[cell]] state is a sum", "'cell' is not a value", "The [[cell]]"),
    ("    lines: 6\n", "    lines: six\n", "`lines` is 'six'", "six"),
    ("id: forget, says", "id: sum, says", "'sum' is a point's id for the second time", "sum, says: The factor"),
]  # fmt: skip
MORE = [
    ("answer: a > 0", "answer: true", "`chose_true` is never said: the statement is true", "chose_true: {"),
    ("chose_false: {feedback", "chose_false: {feedbak", "`feedbak` is not a key of a side", "feedbak: \"tanh"),
    ("order: [1, 3, 2, 4]", "order: [1, 2, 3, 4]", "this is the right order", "[1, 2, 3, 4]"),
    ("    as: number\n", "    as: number\n    ignore: [commas]\n", "`ignore` is for text, and what is printed is compared as a number", "ignore: [commas]\n"),
    ("answer: false", "answer: no", "this is no comparison", "no\n"),
    ("share: 200/3", "share: 60", "the shares add up to 280/3 %, not 100 %", "- {words"),
    ("    lines:\n      - \"def", "    ranked:\n      - \"def", "entry 1 of `ranked` is 'def tanh(x):'", "\"def tanh"),
    ("      - \"    y = -y / (2 + y)\"", "      - \"    y = np.expm1(-2 * np.abs(x))\"", "line 3 reads like line 2", "\"    y = np.expm1(-2 * np.abs(x))\"\n      - \"    return"),
    ("others: [\"-1\"]", "others: [\"-1\", \"-1\"]", "'-1' stands on the right already", "\"-1\"]"),
    ("print(math.tanh([[a]] / 10))", "print([[a]], 1)", "and a finite number is asked for", "|\n      import math"),
    ("tolerance: {digits: 3}", "tolerance: {digits: 3, absolute: 1}", "a tolerance is one of absolute, relative, digits", "{digits: 3, absolute"),
    ("- {text: both}", "- {text: both, right: true}", "2 of the choices are right", "- {text: \"curve [[right]]\""),
    ("    several: true\n", "    several: true\n    units: m\n", "`units` is for a number, and here are choices", "units: m"),
    ("{text: it is convex}", "{text: it is odd}", "the choice 'it is odd' reads like choice 2", "it is odd}"),
]  # fmt: skip


def position(text, part):
    """Return the line and column at which a part of a text stands, from 1; a dash is not part of an entry."""
    assert text.count(part) >= 1, part
    before = text[: text.rindex(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("row", [*(("gates", *row) for row in GATES), *(("more", *row) for row in MORE)])
def test_a_mistake_is_told_in_a_sentence_and_where_it_stands(row, gates_text, more_text, tmp_path):
    topic, old, new, words, at = row
    text = gates_text if topic == "gates" else more_text
    assert old in text, old
    text = text.replace(old, new, 1)
    folder = tmp_path / topic
    folder.mkdir()
    (folder / "bank.yaml").write_text(text, "utf-8")
    with pytest.raises(BankError) as caught:
        load_topic(folder)
    told = caught.value.complaints
    found = next((one for one in told if words in one.message), None)
    assert found, str(caught.value)
    assert found.hint, found
    assert (found.place.line, found.place.column) == position(text, at), (
        f"{found.place} {text.splitlines()[found.place.line - 1]}"
    )
