"""What people write for the loop over time: where it starts, which steps it makes, and what each of them reads."""

import numpy as np

from grader.model.mistake import mistake

# The states before the first step


@mistake(
    replaces="initial_state",
    says="h0 is ignored: the hidden state starts from zeros.",
    think="Change h0 alone: should hs change? Does yours?",
    look="Look at the lines before the loop.",
    fix="Start from the arguments: h, c = h0, c0.",
)
def initial_hidden_state_ignored(h0, c0):
    return 0 * h0, c0


@mistake(
    replaces="initial_state",
    says="c0 is ignored: the cell state starts from zeros.",
    think="Change c0 alone: should hs change? Does yours?",
    look="Look at the lines before the loop.",
    fix="Start from the arguments: h, c = h0, c0.",
)
def initial_cell_state_ignored(h0, c0):
    return h0, 0 * c0


@mistake(
    replaces="initial_state",
    says="h0 and c0 are both ignored: the sequence starts from zeros.",
    think="What are h0 and c0 for, if your loop starts from zeros?",
    look="Look at the lines before the loop, or at an index t - 1 at t = 0.",
    fix="Start from the arguments: h, c = h0, c0.",
)
def initial_states_ignored(h0, c0):
    return 0 * h0, 0 * c0


@mistake(
    replaces="initial_state",
    says="h0 and c0 are exchanged.",
    think="Which of the two initial states should the gates of the first step see?",
    look="Look at the lines before the loop, and at the order of arguments in the first call of the cell.",
    fix="Start with h, c = h0, c0.",
)
def initial_states_exchanged(h0, c0):
    return c0, h0


@mistake(
    replaces="initial_state",
    says="h0 is used for both states; c0 has no effect.",
    think="Change c0 alone: should hs change? Does yours?",
    look="Look at the lines before the loop: was one copied?",
    fix="Start with h, c = h0, c0.",
)
def initial_hidden_state_used_for_both(h0, c0):
    return h0, h0


@mistake(
    replaces="initial_state",
    says="c0 is used for both states; h0 has no effect.",
    think="Change h0 alone: should hs change? Does yours?",
    look="Look at the lines before the loop: was one copied?",
    fix="Start with h, c = h0, c0.",
)
def initial_cell_state_used_for_both(h0, c0):
    return c0, c0


@mistake(
    replaces="initial_state",
    says="The initial states of the first sequence are used for the whole batch.",
    think="What do the initial states of the first sequence tell about the second?",
    look="Look for an index 0 at h0 and c0.",
    fix="Each sequence has a row of its own: h, c = h0, c0.",
)
def initial_states_of_the_first_row_for_all(h0, c0):
    return np.tile(h0[:1], (len(h0), 1)), np.tile(c0[:1], (len(c0), 1))


# The steps, and the input of each


@mistake(
    replaces="forward_order",
    says="Time runs backwards: the last input is processed first.",
    think="Which input should the first hidden state know: xs[0], or the last one?",
    look="Look at the order in which the loop takes t.",
    fix="Forward in time: for t in range(T).",
    same_as=("inputs-taken-from-the-end",),
)
def time_runs_backwards(xs):
    return range(len(xs))[::-1]


@mistake(
    replaces="forward_order",
    says="The last step is missing: only T - 1 states come out.",
    think="How many hidden states belong to T inputs?",
    look="Look at the end of the range.",
    fix="range(T) ends at T - 1 already: for t in range(T).",
    same_as=("first-step-missing",),
)
def last_step_missing(xs):
    return range(len(xs) - 1)


@mistake(
    replaces="forward_order",
    says="The first step is missing: the loop starts at xs[1], and only T - 1 states come out.",
    think="Change xs[0] alone: should hs change? Does yours?",
    look="Look at the start of the range.",
    fix="Start at 0: for t in range(T).",
    same_as=("last-step-missing",),
)
def first_step_missing(xs):
    return range(1, len(xs))


@mistake(
    replaces="forward_order",
    says="The loop ends after its first step: one state comes out.",
    think="How many hidden states belong to T inputs?",
    look="Look at how far the return line is indented.",
    fix="Return after the loop, not within it.",
)
def loop_left_after_the_first_step(xs):
    return range(len(xs))[:1]


@mistake(
    replaces="forward_order",
    says="The loop makes as many steps as there are sequences in the batch, not as there are points in time.",
    think="In xs of shape (T, N, D), which number tells how many steps there are?",
    look="Look at which axis of xs sets the number of steps.",
    fix="T is xs.shape[0]: for t in range(xs.shape[0]).",
)
def as_many_steps_as_sequences(xs):
    return range(xs.shape[1])


@mistake(
    replaces="input_at",
    says="xs[:, t] is taken in place of xs[t]: time and batch are mixed up.",
    think="Which shape has the input of one step: (N, D) or (T, D)?",
    look="Look at which axis of xs is indexed with t.",
    fix="Time is the first axis: x = xs[t].",
)
def steps_taken_along_the_batch(xs, t):
    return xs[:, t]


@mistake(
    replaces="input_at",
    says="Every step gets the first input, xs[0].",
    think="Change xs[1] alone: should hs change? Does yours?",
    look="Look at the index of xs within the loop.",
    fix="Step t gets xs[t].",
)
def every_step_gets_the_first_input(xs, t):
    return xs[0]


@mistake(
    replaces="input_at",
    says="Every step gets the last input, xs[-1].",
    think="Change xs[0] alone: should hs change? Does yours?",
    look="Look at the index of xs within the loop.",
    fix="Step t gets xs[t].",
)
def every_step_gets_the_last_input(xs, t):
    return xs[-1]


@mistake(
    replaces="input_at",
    says="The inputs are one step late: step t gets xs[t - 1], and the first step gets the last input.",
    think="What is xs[t - 1] in Python when t is 0?",
    look="Look at the index of xs within the loop.",
    fix="Step t gets xs[t]. Only the states are taken from the step before.",
)
def inputs_one_step_late(xs, t):
    return xs[t - 1]


@mistake(
    replaces="input_at",
    says="The inputs are one step late: step t gets xs[t - 1], and the first step gets zeros.",
    think="Change the last input alone: should hs change? Does yours?",
    look="Look at the index of xs within the loop, or at how xs is padded.",
    fix="Step t gets xs[t]. Only the states are taken from the step before.",
)
def inputs_one_step_late_after_zeros(xs, t):
    return xs[t - 1] if t > 0 else 0 * xs[0]


@mistake(
    replaces="input_at",
    says="The inputs are taken from the end: step t gets xs[T - 1 - t].",
    think="Which input should the first hidden state know: xs[0], or the last one?",
    look="Look at the index of xs within the loop, or for a reversal of xs.",
    fix="Step t gets xs[t].",
    same_as=("time-runs-backwards",),
)
def inputs_taken_from_the_end(xs, t):
    return xs[len(xs) - 1 - t]


@mistake(
    replaces="input_at",
    says="Every step gets the mean of all inputs.",
    think="Exchange xs[0] and xs[1]: should hs change? Does yours?",
    look="Look for a mean over xs.",
    fix="Step t gets xs[t].",
)
def every_step_gets_the_mean_input(xs, t):
    return xs.mean(axis=0)


@mistake(
    replaces="lstm_forward",
    says="The initial states are stored as those of step 0, and the loop starts at step 1; xs[0] is not used.",
    think="Change xs[0] alone: should hs change? Does yours?",
    look="Look at what is stored in hs[0], and at the start of the range.",
    fix="hs[0] is the state after the first step, from xs[0], h0 and c0. The initial states are not part of hs.",
)
def initial_states_stored_as_the_first_step(xs, h0, c0, W, U, b):
    states = [initial_state(h0, c0)]
    for t in forward_order(xs)[1:]:
        h, c = carried_on(states)
        states.append(lstm_cell(input_at(xs, t), h, c, W, U, b))
    return collected([states[0], *states])


@mistake(
    replaces="lstm_forward",
    says="The first step is skipped, and its states stay zero.",
    think="Change xs[0] alone: should hs change? Does yours?",
    look="Look at the start of the range, and at what hs[0] holds before the loop.",
    fix="Start at 0: for t in range(T).",
)
def first_step_left_at_zero(xs, h0, c0, W, U, b):
    states = [initial_state(h0, c0)]
    for t in forward_order(xs)[1:]:
        h, c = carried_on(states)
        states.append(lstm_cell(input_at(xs, t), h, c, W, U, b))
    return collected([states[0], (0 * h0, 0 * c0), *states[1:]])


@mistake(
    replaces="lstm_forward",
    says="The loop makes the last step first: hs[T - 1] starts from h0 and c0, and hs[0] comes last.",
    think="Which input must the network have read when it makes its first state?",
    look="Look at the order in which the loop over t runs.",
    fix="The steps are made in the order of time: for t in range(T).",
)
def steps_made_from_the_last_to_the_first(xs, h0, c0, W, U, b):
    states = [initial_state(h0, c0)]
    for t in reversed(forward_order(xs)):
        h, c = carried_on(states)
        states.append(lstm_cell(input_at(xs, t), h, c, W, U, b))
    return collected([states[0], *states[:0:-1]])
