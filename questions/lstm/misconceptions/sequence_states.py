"""What people do with the states of each step: what is carried on to the next, and what is collected."""

import numpy as np

from grader.model.mistake import mistake

# What the next step starts from


@mistake(
    replaces="carried_on",
    says="The states are not carried on: every step starts from h0 and c0 again.",
    think="What does step 2 know of step 1 in your code?",
    look="Look at the states that the cell is called with inside the loop.",
    fix="Each step starts from the states of the step before: h, c = lstm_cell(xs[t], h, c, W, U, b).",
)
def every_step_starts_from_the_initial_states(states):
    return states[0]


@mistake(
    replaces="carried_on",
    says="Only h is carried on; the cell state starts from c0 at every step.",
    think="What has your cell stored after two steps?",
    look="Look at the cell state that the cell is called with inside the loop.",
    fix="Carry both: h, c = lstm_cell(xs[t], h, c, W, U, b).",
)
def cell_state_not_carried_on(states):
    return states[-1][0], states[0][1]


@mistake(
    replaces="carried_on",
    says="Only c is carried on; the hidden state is h0 at every step.",
    think="Which hidden state should the gates of step 2 see?",
    look="Look at the hidden state that the cell is called with inside the loop.",
    fix="Carry both: h, c = lstm_cell(xs[t], h, c, W, U, b).",
)
def hidden_state_not_carried_on(states):
    return states[0][0], states[-1][1]


@mistake(
    replaces="carried_on",
    says="h and c are exchanged from one step to the next, and at the start.",
    think="Which of the two states should the gates of the next step see?",
    look="Look at the order of h and c where the cell is called inside the loop.",
    fix="Both in the same order: h, c = lstm_cell(xs[t], h, c, W, U, b).",
)
def states_exchanged_at_every_step(states):
    h, c = states[-1]
    return c, h


@mistake(
    replaces="carried_on",
    says="h is carried on as the cell state, too; c is not carried on.",
    think="Which two states does the next step need?",
    look="Look at the two states that the cell is called with inside the loop.",
    fix="Carry both: h, c = lstm_cell(xs[t], h, c, W, U, b).",
    same_as=("hidden-state-kept-in-the-cell",),
)
def hidden_state_carried_on_as_cell_state(states):
    h, _ = states[-1]
    return h, h


@mistake(
    replaces="carried_on",
    says="c is carried on as the hidden state, too; h is not carried on.",
    think="Which of the two states should the gates of the next step see?",
    look="Look at the two states that the cell is called with inside the loop.",
    fix="Carry both: h, c = lstm_cell(xs[t], h, c, W, U, b).",
    same_as=("gates-see-the-cell-state",),
)
def cell_state_carried_on_as_hidden_state(states):
    _, c = states[-1]
    return c, c


@mistake(
    replaces="carried_on",
    says="The hidden state is one step late: the gates see h of two steps ago.",
    think="Which hidden state should the gates of step t see?",
    look="Look at when h is updated, or at an index t - 1 that counts from the initial state.",
    fix="Step t sees the hidden state of step t - 1.",
)
def hidden_state_one_step_late(states):
    return states[-2:][0][0], states[-1][1]


@mistake(
    replaces="carried_on",
    says="The cell state is one step late: the update starts from c of two steps ago.",
    think="Which cell state should step t update?",
    look="Look at when c is updated, or at an index t - 1 that counts from the initial state.",
    fix="Step t updates the cell state of step t - 1.",
)
def cell_state_one_step_late(states):
    return states[-1][0], states[-2:][0][1]


@mistake(
    replaces="carried_on",
    says="Both states are one step late: each step starts from those of two steps ago.",
    think="Which states should step t start from?",
    look="Look at when h and c are updated, or at an index t - 1 that counts from the initial states.",
    fix="Step t starts from the states of step t - 1.",
)
def states_one_step_late(states):
    return states[-2:][0]


@mistake(
    replaces="carried_on",
    says="The cell state is squashed by tanh from one step to the next, and at the start.",
    think="Can a cell count beyond 1 over many steps? Can yours?",
    look="Look at which c goes into the next call of the cell.",
    fix="c is carried on as it is; tanh(c) is only for h.",
    same_as=("old-cell-state-squashed",),
)
def squashed_cell_state_carried_on(states):
    h, c = states[-1]
    return h, np.tanh(c)


@mistake(
    replaces="carried_on",
    says="The states are averaged over the batch before the next step.",
    think="Should the result for one sequence change if another one in the batch changes?",
    look="Look for a mean, and at its axis.",
    fix="Each sequence carries on its own states: no mean.",
)
def states_averaged_over_the_batch(states):
    return tuple(0 * state + state.mean(axis=0) for state in states[-1])


@mistake(
    replaces="carried_on",
    says="The hidden states of all steps so far are added up for the next step.",
    think="Which hidden state should the gates of step t see: the last one, or a sum?",
    look="Look for h += within the loop.",
    fix="Replace h at each step: h, c = lstm_cell(xs[t], h, c, W, U, b).",
)
def hidden_states_added_up(states):
    return sum(h for h, _ in states), states[-1][1]


# What is collected


@mistake(
    replaces="collected",
    says="The states are stored before the step is made: everything is shifted by one, and h0 and c0 come first.",
    think="Does hs[0] know of xs[0] in your code?",
    look="Look at the order of the append and of the call of the cell.",
    fix="First make the step, then store its states.",
)
def states_stored_before_the_step(states):
    hs, cs = zip(*states[:-1], strict=True)
    return np.stack(hs), np.stack(cs)


@mistake(
    replaces="collected",
    says="The initial states are returned as well: there are T + 1 states.",
    think="How many hidden states belong to T inputs?",
    look="Look at what is in your lists before the loop starts.",
    fix="Return only the states after each step, without h0 and c0.",
)
def initial_states_returned_as_well(states):
    hs, cs = zip(*states, strict=True)
    return np.stack(hs), np.stack(cs)


@mistake(
    replaces="collected",
    says="hs and cs show the last states at every step.",
    think="If you append one array T times and change it in place, what do the T entries show?",
    look="Look at whether each step makes new arrays, or writes into the same ones.",
    fix="Let each step make new arrays, or store copies: hs.append(h.copy()).",
)
def last_states_shown_at_every_step(states):
    h, c = states[-1]
    return np.stack([h] * (len(states) - 1)), np.stack([c] * (len(states) - 1))


@mistake(
    replaces="collected",
    says="hs shows the last hidden state at every step; cs is right.",
    think="If you append one array T times and change it in place, what do the T entries show?",
    look="Look at whether each step makes a new h, or writes into the same array.",
    fix="Let each step make a new array, or store copies: hs.append(h.copy()).",
)
def last_hidden_state_shown_at_every_step(states):
    _, cs = zip(*states[1:], strict=True)
    return np.stack([states[-1][0]] * len(cs)), np.stack(cs)


@mistake(
    replaces="collected",
    says="The results are returned in the order cs, hs.",
    think="In which order does the question want the two results?",
    look="Look at the return line of lstm_forward.",
    fix="Return hs, cs.",
)
def cell_states_returned_first(states):
    hs, cs = zip(*states[1:], strict=True)
    return np.stack(cs), np.stack(hs)


@mistake(
    replaces="collected",
    says="The cell states are collected twice; hs holds cs.",
    think="Can an entry of hs be larger than 1?",
    look="Look at what is appended to hs.",
    fix="Append h to hs and c to cs.",
)
def cell_states_collected_as_hidden_states(states):
    _, cs = zip(*states[1:], strict=True)
    return np.stack(cs), np.stack(cs)


@mistake(
    replaces="collected",
    says="The hidden states are collected twice; cs holds hs.",
    think="Should hs and cs be equal?",
    look="Look at what is appended to cs.",
    fix="Append h to hs and c to cs.",
)
def hidden_states_collected_as_cell_states(states):
    hs, _ = zip(*states[1:], strict=True)
    return np.stack(hs), np.stack(hs)


@mistake(
    replaces="collected",
    says="The states are returned in the reverse order: the last step comes first.",
    think="Which state should hs[0] be: that after the first step, or after the last?",
    look="Look for a reversal of the lists, or for an insert at their front.",
    fix="Return the states in the order of time.",
)
def states_returned_in_reverse(states):
    hs, cs = zip(*states[:0:-1], strict=True)
    return np.stack(hs), np.stack(cs)


@mistake(
    replaces="collected",
    says="The results have the batch first, (N, T, H), and not time.",
    think="Which shape does the question want?",
    look="Look at the axis along which you stack.",
    fix="Stack along a new first axis: np.stack(hs), which has the shape (T, N, H).",
)
def states_stacked_behind_the_batch(states):
    hs, cs = zip(*states[1:], strict=True)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)


@mistake(
    replaces="collected",
    says="The results have time last, (N, H, T).",
    think="Which shape does the question want?",
    look="Look at the axis along which you stack.",
    fix="Stack along a new first axis: np.stack(hs), which has the shape (T, N, H).",
)
def states_stacked_at_the_end(states):
    hs, cs = zip(*states[1:], strict=True)
    return np.stack(hs, axis=-1), np.stack(cs, axis=-1)


@mistake(
    replaces="collected",
    says="The states of all steps are joined to a matrix of shape (T N, H).",
    think="How many axes should hs have?",
    look="Look at how the list becomes an array: joined, or stacked?",
    fix="np.stack makes a new axis for time; np.concatenate and np.vstack do not.",
)
def states_joined_in_place_of_stacked(states):
    hs, cs = zip(*states[1:], strict=True)
    return np.concatenate(hs), np.concatenate(cs)


@mistake(
    replaces="collected",
    says="Only the last states are returned.",
    think="How many hidden states belong to T inputs?",
    look="Look at what the return line gives back: lists, or the last h and c?",
    fix="Collect h and c at each step, and return np.stack(hs), np.stack(cs).",
)
def only_the_last_states_returned(states):
    return states[-1]


@mistake(
    replaces="collected",
    says="The collected cell states are squashed: cs holds tanh(c).",
    think="Can an entry of cs be larger than 1 in your code? Should it?",
    look="Look at what is appended to cs.",
    fix="Collect c as it is; tanh(c) is only for h.",
)
def squashed_cell_states_collected(states):
    hs, cs = zip(*states[1:], strict=True)
    return np.stack(hs), np.tanh(np.stack(cs))


@mistake(
    replaces="collected",
    says="The collected hidden states are tanh(c), without the output gate; the states carried on are right.",
    think="What does the output gate do to what is collected?",
    look="Look at what is appended to hs.",
    fix="Append h = o * tanh(c), the same that is carried on.",
)
def hidden_states_collected_without_the_output_gate(states):
    _, cs = zip(*states[1:], strict=True)
    return np.tanh(np.stack(cs)), np.stack(cs)


@mistake(
    replaces="collected",
    says="The collected states are running sums over the steps; the states carried on are right.",
    think="Should hs[1] contain hs[0] as a summand?",
    look="Look for a += or a cumulative sum where the results are stored.",
    fix="Store each step's states as they are.",
)
def states_collected_as_running_sums(states):
    hs, cs = zip(*states[1:], strict=True)
    return np.cumsum(np.stack(hs), axis=0), np.cumsum(np.stack(cs), axis=0)


@mistake(
    replaces="collected",
    says="The last entries of hs and cs stay zero.",
    think="How often is something stored in your loop, when T is 1?",
    look="Look at the end of the range, and at what hs[-1] holds before the loop.",
    fix="range(T) ends at T - 1 already: for t in range(T).",
)
def last_step_left_at_zero(states):
    hs, cs = zip(*states[1:], strict=True)
    return np.stack([*hs[:-1], 0 * hs[-1]]), np.stack([*cs[:-1], 0 * cs[-1]])
