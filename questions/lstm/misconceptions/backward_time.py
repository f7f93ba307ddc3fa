"""What people write for the way back through time: the order, and the states and gates of each step."""

from grader.model.mistake import mistake

# The order


@mistake(
    replaces="backward_order",
    says="The backward loop runs forward in time.",
    think="Which step must be done before step t can know dh_next: step t - 1 or step t + 1?",
    look="Look at the order in which the backward loop takes t.",
    fix="From the last step to the first: for t in reversed(range(T)).",
)
def gradient_runs_forward_in_time(xs):
    return range(len(xs))


@mistake(
    replaces="backward_order",
    says="Only the last step is gone through: the gradient does not reach the steps before.",
    think="Does hs[0] have an effect on the loss?",
    look="Look for a missing backward loop, or at how far its return line is indented.",
    fix="Go through all steps: for t in reversed(range(T)).",
)
def gradient_of_the_last_step_only(xs):
    return [len(xs) - 1]


@mistake(
    replaces="backward_order",
    says="The backward loop ends before step 0.",
    think="With range(T - 1, 0, -1), what is the last value of t?",
    look="Look at the end of the range in the backward loop.",
    fix="Step 0 is a step, too: for t in range(T - 1, -1, -1), or reversed(range(T)).",
)
def first_step_missing_on_the_way_back(xs):
    return range(len(xs) - 1, 0, -1)


@mistake(
    replaces="backward_order",
    says="The backward loop leaves the last step out.",
    think="What is the index of the last step, when there are T of them?",
    look="Look at the start of the range in the backward loop.",
    fix="Start at T - 1: for t in range(T - 1, -1, -1), or reversed(range(T)).",
)
def last_step_missing_on_the_way_back(xs):
    return range(len(xs) - 2, -1, -1)


# The states that a step started from, and its gates


@mistake(
    replaces="state_before",
    says="At t = 0, hs[t - 1] and cs[t - 1] are taken for the states before: the last ones, not h0 and c0.",
    think="What does Python give for hs[t - 1] when t is 0?",
    look="Look at where the states before the first step come from on the way back.",
    fix="At t = 0 the states before are h0 and c0; elsewhere hs[t - 1] and cs[t - 1].",
)
def states_wrap_round(states, first, t):
    return states[t - 1]


@mistake(
    replaces="state_before",
    says="hs[t] and cs[t], the states after each step, are taken for those before it.",
    think="Which hidden state did the gates of step t see: the one before the step, or the one that it made?",
    look="Look at the index of the states that you read on the way back.",
    fix="Step t started from hs[t - 1] and cs[t - 1]; the first from h0 and c0.",
)
def states_after_the_step_taken_for_those_before(states, first, t):
    return states[t]


@mistake(
    replaces="state_before",
    says="At t = 0 zeros are taken for both states before, on the way back only; h0 and c0 are not used there.",
    think="Which states did the first step of your forward pass start from?",
    look="Look at where the states before the first step come from on the way back.",
    fix="At t = 0 the states before are h0 and c0, which need not be zero.",
)
def states_before_the_first_step_are_zero(states, first, t):
    return states[t - 1] if t > 0 else 0 * first


@mistake(
    replaces="hidden_before",
    says="At t = 0, hs[t - 1] is taken for the hidden state before, which is the last one and not h0.",
    think="What is hs[-1] in Python?",
    look="Look at which hidden state multiplies dz for dU at t = 0.",
    fix="h_prev = hs[t - 1] if t > 0 else h0.",
)
def hidden_state_wraps_round(hs, h0, t):
    return hs[t - 1]


@mistake(
    replaces="hidden_before",
    says="At t = 0 zeros are taken for the hidden state before, not h0.",
    think="Which hidden state did step 0 start from?",
    look="Look at which hidden state multiplies dz for dU at t = 0.",
    fix="h_prev = hs[t - 1] if t > 0 else h0.",
)
def hidden_state_before_the_first_step_is_zero(hs, h0, t):
    return hs[t - 1] if t > 0 else 0 * h0


@mistake(
    replaces="hidden_before",
    says="h0 is taken for the hidden state before at every step.",
    think="Which hidden state did step 2 start from?",
    look="Look at which hidden state multiplies dz for dU.",
    fix="h_prev = hs[t - 1] if t > 0 else h0.",
)
def hidden_state_before_is_always_the_first(hs, h0, t):
    return h0


@mistake(
    replaces="cell_before",
    says="At t = 0, cs[t - 1] is taken for the cell state before, which is the last one and not c0.",
    think="What is cs[-1] in Python?",
    look="Look at which cell state stands in the gradient of the forget gate at t = 0.",
    fix="c_prev = cs[t - 1] if t > 0 else c0.",
)
def cell_state_wraps_round(cs, c0, t):
    return cs[t - 1]


@mistake(
    replaces="cell_before",
    says="At t = 0 zeros are taken for the cell state before, not c0.",
    think="Which cell state did step 0 start from?",
    look="Look at which cell state stands in the gradient of the forget gate at t = 0.",
    fix="c_prev = cs[t - 1] if t > 0 else c0.",
)
def cell_state_before_the_first_step_is_zero(cs, c0, t):
    return cs[t - 1] if t > 0 else 0 * c0


@mistake(
    replaces="cell_before",
    says="c0 is taken for the cell state before at every step.",
    think="Which cell state did step 2 start from?",
    look="Look at which cell state stands in the gradient of the forget gate.",
    fix="c_prev = cs[t - 1] if t > 0 else c0.",
)
def cell_state_before_is_always_the_first(cs, c0, t):
    return c0


@mistake(
    replaces="gates_again",
    says="The gates of each step are computed again from the hidden state after the step.",
    think="Which hidden state did the gates of step t see on the way forward?",
    look="Look at the call of lstm_gates in the backward pass.",
    fix="Use the hidden state before: hs[t - 1], and h0 at t = 0; or keep the gates from the way forward.",
)
def gates_computed_again_from_the_new_state(xs, hs, h0, W, U, b):
    return [lstm_gates(input_at(xs, t), h, W, U, b) for t, h in enumerate(hs)]


@mistake(
    replaces="gates_again",
    says="The gates of each step are computed again from h0.",
    think="Which hidden state did the gates of step t see on the way forward?",
    look="Look at the call of lstm_gates in the backward pass.",
    fix="Use the hidden state before: hs[t - 1], and h0 at t = 0; or keep the gates from the way forward.",
)
def gates_computed_again_from_the_initial_state(xs, hs, h0, W, U, b):
    return [lstm_gates(input_at(xs, t), h0, W, U, b) for t in range(len(xs))]


@mistake(
    replaces="gates_again",
    says="The gates of the last step are used at all steps.",
    think="Are the gates of all steps the same?",
    look="Look at whether the gates are kept for each step, or overwritten by the next.",
    fix="Keep the gates of each step in a list on the way forward.",
)
def gates_of_the_last_step_used_at_all(xs, hs, h0, W, U, b):
    before = [h0, *hs[:-1]]
    return [lstm_gates(input_at(xs, -1), before[-1], W, U, b) for _ in before]
