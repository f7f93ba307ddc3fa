"""What people write for c = f * c_prev + i * g."""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="cell_update",
    says="The cell state is updated with the input gate and the forget gate exchanged.",
    think="If the forget gate is 1 and the input gate is 0, which state should come out?",
    look="Look at the line that computes c: which gate multiplies the old state?",
    fix="It must be c = f * c_prev + i * g.",
    same_as=("columns-read-as-figo",),
)
def input_and_forget_gate_exchanged_in_the_update(i, f, g, c_prev):
    return i * c_prev + f * g


@mistake(
    replaces="cell_update",
    says="The forget gate is not applied: the old cell state is kept in full.",
    think="How does your cell get rid of something that it has stored?",
    look="Look at the factor of c_prev.",
    fix="It must be c = f * c_prev + i * g. (The LSTM of 1997 had no forget gate; the one asked for has.)",
)
def forget_gate_not_applied(i, f, g, c_prev):
    return c_prev + i * g


@mistake(
    replaces="cell_update",
    says="The input gate is not applied: the candidate is written in full.",
    think="If the input gate is 0, how much of the candidate should reach the cell?",
    look="Look at the factor of g.",
    fix="It must be c = f * c_prev + i * g.",
)
def input_gate_not_applied(i, f, g, c_prev):
    return f * c_prev + g


@mistake(
    replaces="cell_update",
    says="1 - i is used in place of the forget gate.",
    think="Can this cell keep everything and write everything at the same time? Can yours?",
    look="Look at the factor of c_prev.",
    fix="The forget gate is a gate of its own: c = f * c_prev + i * g.",
)
def forget_gate_coupled_to_the_input_gate(i, f, g, c_prev):
    return (1 - i) * c_prev + i * g


@mistake(
    replaces="cell_update",
    says="1 - f is used in place of the input gate.",
    think="Can this cell keep everything and write everything at the same time? Can yours?",
    look="Look at the factor of g.",
    fix="The input gate is a gate of its own: c = f * c_prev + i * g.",
)
def input_gate_coupled_to_the_forget_gate(i, f, g, c_prev):
    return f * c_prev + (1 - f) * g


@mistake(
    replaces="cell_update",
    says="The forget gate is read as the share to forget: the old cell state is multiplied by 1 - f.",
    think="In spite of its name: what does a forget gate of 1 do in the formula?",
    look="Look at the factor of c_prev.",
    fix="f is the share that is kept: c = f * c_prev + i * g.",
)
def forget_gate_read_as_the_share_to_forget(i, f, g, c_prev):
    return (1 - f) * c_prev + i * g


@mistake(
    replaces="cell_update",
    says="The candidate is multiplied by 1 - i in place of i.",
    think="If the input gate is 1, how much of the candidate should reach the cell?",
    look="Look at the factor of g.",
    fix="i is the share that is written: c = f * c_prev + i * g.",
)
def input_gate_read_as_the_share_to_keep_out(i, f, g, c_prev):
    return f * c_prev + (1 - i) * g


@mistake(
    replaces="cell_update",
    says="The new content is subtracted from the cell.",
    think="Let f be 1, i be 1 and g be positive: should the cell rise or fall?",
    look="Look at the sign between the two products.",
    fix="The products are added: c = f * c_prev + i * g.",
    same_as=("candidate-negated",),
)
def new_content_subtracted(i, f, g, c_prev):
    return f * c_prev - i * g


@mistake(
    replaces="cell_update",
    says="The new cell state is squashed by a tanh before it is stored.",
    think="Can a cell count beyond 1 over many steps? Can yours?",
    look="Look for a tanh in the line that computes c.",
    fix="c = f * c_prev + i * g is stored as it is; tanh(c) is only for h.",
)
def cell_state_squashed(i, f, g, c_prev):
    return np.tanh(f * c_prev + i * g)


@mistake(
    replaces="cell_update",
    says="The new cell state is cut off at -1 and 1.",
    think="Can a cell count beyond 1 over many steps? Can yours?",
    look="Look for a clip after the line that computes c.",
    fix="c = f * c_prev + i * g is stored as it is.",
)
def cell_state_cut_off_at_one(i, f, g, c_prev):
    return np.clip(f * c_prev + i * g, -1, 1)


@mistake(
    replaces="cell_update",
    says="The old cell state is dropped: c is i * g alone.",
    think="What does your cell remember of the step before?",
    look="Count the summands of c.",
    fix="It must be c = f * c_prev + i * g.",
)
def old_cell_state_dropped(i, f, g, c_prev):
    return i * g


@mistake(
    replaces="cell_update",
    says="The new content is missing: c is f * c_prev alone.",
    think="How does anything get into your cell?",
    look="Count the summands of c.",
    fix="It must be c = f * c_prev + i * g.",
)
def new_content_missing(i, f, g, c_prev):
    return f * c_prev


@mistake(
    replaces="cell_update",
    says="The forget gate multiplies the new content as well: f * (c_prev + i * g).",
    think="If the forget gate is 0, should the new content still be written?",
    look="Look at the parentheses in the line that computes c.",
    fix="f belongs to the old state only: c = f * c_prev + i * g.",
)
def forget_gate_applied_to_everything(i, f, g, c_prev):
    return f * (c_prev + i * g)


@mistake(
    replaces="cell_update",
    says="The input gate multiplies the old state as well: i * (f * c_prev + g).",
    think="If the input gate is 0, should the old state still be kept?",
    look="Look at the parentheses in the line that computes c.",
    fix="i belongs to the candidate only: c = f * c_prev + i * g.",
)
def input_gate_applied_to_everything(i, f, g, c_prev):
    return i * (f * c_prev + g)


@mistake(
    replaces="cell_update",
    says="The forget gate is added to the old state, not multiplied with it.",
    think="If the forget gate is 0, how much of the old state should be left?",
    look="Look at the operation between f and c_prev.",
    fix="Gates multiply: c = f * c_prev + i * g.",
)
def forget_gate_added(i, f, g, c_prev):
    return f + c_prev + i * g


@mistake(
    replaces="cell_update",
    says="The input gate is added to the candidate, not multiplied with it.",
    think="If the input gate is 0, how much of the candidate should reach the cell?",
    look="Look at the operation between i and g.",
    fix="Gates multiply: c = f * c_prev + i * g.",
)
def input_gate_added(i, f, g, c_prev):
    return f * c_prev + (i + g)


@mistake(
    replaces="cell_update",
    says="All four are multiplied: the plus between the two products is missing.",
    think="If the candidate is 0, what should become of the old state?",
    look="Look at the sign between f * c_prev and i * g.",
    fix="The products are added: c = f * c_prev + i * g.",
)
def old_and_new_multiplied(i, f, g, c_prev):
    return f * c_prev * i * g


@mistake(
    replaces="cell_update",
    says="Old and new content are averaged: there is a factor 1/2 too many.",
    think="With f = 1 and i = 0, should the cell state stay as it is or be halved?",
    look="Look for a division by 2 or a mean.",
    fix="It must be c = f * c_prev + i * g; the gates do all the weighting.",
)
def old_and_new_averaged(i, f, g, c_prev):
    return (f * c_prev + i * g) / 2


@mistake(
    replaces="cell_update",
    says="The sum is divided by f + i, as if the gates had to add up to 1.",
    think="With f = 1 and i = 1, should the cell add the candidate or average with it?",
    look="Look at the division in the line that computes c.",
    fix="It must be c = f * c_prev + i * g, without a division.",
)
def old_and_new_weighted_to_one(i, f, g, c_prev):
    return (f * c_prev + i * g) / (f + i)


@mistake(
    replaces="cell_update",
    says="The candidate goes through another tanh before it is written.",
    think="Through how many tanh has g gone already, when the gates are computed?",
    look="Look for a tanh around g in the line that computes c.",
    fix="g is activated already: c = f * c_prev + i * g.",
    same_as=("candidate-activated-twice",),
)
def candidate_activated_again(i, f, g, c_prev):
    return f * c_prev + i * np.tanh(g)


@mistake(
    replaces="cell_update",
    says="The old cell state goes through a tanh before it is kept.",
    think="With f = 1 and i = 0, should a cell state of 2 stay 2?",
    look="Look for a tanh around c_prev.",
    fix="c_prev is kept as it is: c = f * c_prev + i * g.",
    same_as=("squashed-cell-state-carried-on",),
)
def old_cell_state_squashed(i, f, g, c_prev):
    return f * np.tanh(c_prev) + i * g


@mistake(
    replaces="cell_update",
    says="The old cell state stands in both products; the candidate is not used.",
    think="What does your cell learn from the input?",
    look="Look at what the input gate multiplies.",
    fix="The input gate multiplies the candidate: c = f * c_prev + i * g.",
)
def old_cell_state_in_place_of_the_candidate(i, f, g, c_prev):
    return f * c_prev + i * c_prev


@mistake(
    replaces="cell_update",
    says="The candidate stands in both products; the old cell state is not used.",
    think="What does your cell remember of the step before?",
    look="Look at what the forget gate multiplies.",
    fix="The forget gate multiplies the old state: c = f * c_prev + i * g.",
)
def candidate_in_place_of_the_old_cell_state(i, f, g, c_prev):
    return f * g + i * g


@mistake(
    replaces="lstm_cell",
    says="The hidden state h_prev is kept in the cell in place of c_prev.",
    think="Which of the two states is the memory that the forget gate acts on?",
    look="Look at what the forget gate multiplies.",
    fix="It must be c = f * c_prev + i * g.",
    same_as=("hidden-state-carried-on-as-cell-state",),
)
def hidden_state_kept_in_the_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, h_prev)
    return hidden_state(o, c), c
