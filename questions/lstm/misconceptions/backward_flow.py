"""What people write for the gradient that flows from the loss and from step to step."""

import numpy as np

from grader.model.mistake import mistake


def through_some_blocks(dz, weights, blocks):
    """Return dz @ weights.T with only some of the four blocks taken into account."""
    of_dz, of_weights = np.split(dz, 4, axis=1), np.split(weights, 4, axis=1)
    return sum(of_dz[k] @ of_weights[k].T for k in blocks)


# From the loss


@mistake(
    replaces="upstream",
    says="The gradient from the loss never gets in, so that all results are zero.",
    think="The loss is sum(dhs * hs). What should happen to your results when dhs is doubled?",
    look="Look at where dhs is used.",
    fix="Add dhs[t] to dh at each step: dh = dhs[t] + dh_next.",
)
def gradient_from_the_loss_never_gets_in(dhs, t):
    return 0 * dhs[t]


@mistake(
    replaces="upstream",
    says="The gradient from the loss gets in at the last step only.",
    think="Does the loss, sum(dhs * hs), depend on hs[0] directly?",
    look="Look at where dhs is used: before the loop, or inside of it?",
    fix="Add dhs[t] at each step: dh = dhs[t] + dh_next.",
)
def gradient_from_the_loss_at_the_last_step_only(dhs, t):
    return dhs[t] if t == len(dhs) - 1 else 0 * dhs[t]


@mistake(
    replaces="upstream",
    says="dhs[-1], the gradient by the last hidden state, is used at every step.",
    think="Which entry of dhs belongs to hs[t]?",
    look="Look at the index of dhs within the backward loop.",
    fix="dh = dhs[t] + dh_next.",
)
def last_gradient_from_the_loss_at_every_step(dhs, t):
    return dhs[-1]


@mistake(
    replaces="upstream",
    says="dhs[0], the gradient by the first hidden state, is used at every step.",
    think="Which entry of dhs belongs to hs[t]?",
    look="Look at the index of dhs within the backward loop.",
    fix="dh = dhs[t] + dh_next.",
)
def first_gradient_from_the_loss_at_every_step(dhs, t):
    return dhs[0]


@mistake(
    replaces="upstream",
    says="dhs is read in the reverse order: step t gets dhs[T - 1 - t].",
    think="Which entry of dhs belongs to hs[t]?",
    look="Look at the index of dhs within the backward loop, or for a reversal of dhs.",
    fix="When t runs from T - 1 down to 0 already, dhs must not be reversed: dh = dhs[t] + dh_next.",
)
def gradient_from_the_loss_reversed(dhs, t):
    return dhs[len(dhs) - 1 - t]


@mistake(
    replaces="upstream",
    says="The gradient from the loss is one step late: step t gets dhs[t - 1].",
    think="Which entry of dhs belongs to hs[t]?",
    look="Look at the index of dhs within the backward loop.",
    fix="dh = dhs[t] + dh_next.",
)
def gradient_from_the_loss_one_step_late(dhs, t):
    return dhs[t - 1]


@mistake(
    replaces="upstream",
    says="Ones are used in place of dhs, as if the loss were sum(hs).",
    think="The loss is sum(dhs * hs). What should happen to your results when dhs is doubled?",
    look="Look at where dhs is used.",
    fix="dh = dhs[t] + dh_next.",
)
def gradient_from_the_loss_is_one(dhs, t):
    return np.ones_like(dhs[t])


@mistake(
    replaces="upstream",
    says="The gradients from the loss are summed over all steps, and the sum is used at each.",
    think="Which entry of dhs belongs to hs[t]?",
    look="Look for a sum over dhs.",
    fix="dh = dhs[t] + dh_next; the rest comes by way of dh_next and dc_next.",
)
def gradient_from_the_loss_summed_over_time(dhs, t):
    return dhs.sum(axis=0)


# From the next step


@mistake(
    replaces="from_later",
    says="Every step stands on its own: neither dh nor dc of the next step is taken along.",
    think="Does h_t have an effect on the loss only through dhs[t] * hs[t], or by way of later steps, too?",
    look="Look at which variables of step t + 1 are used at step t.",
    fix="dh = dhs[t] + dh_next, and dc = dc_next + dh * o * (1 - tanh(c)**2).",
)
def every_step_on_its_own(dh_next, dc_next):
    return 0 * dh_next, 0 * dc_next


@mistake(
    replaces="from_later",
    says="dh and dc of the next step are exchanged.",
    think="Which of the two gradients goes on to h_t, and which to c_t?",
    look="Look at the order of dh_next and dc_next at the end of the backward loop.",
    fix="dh_next = dz @ U.T and dc_next = dc * f.",
)
def gradients_of_the_states_exchanged_at_every_step(dh_next, dc_next):
    return dc_next, dh_next


@mistake(
    replaces="hidden_gradient",
    says="What the next step passes back to h_t is dropped.",
    think="Does h_t have an effect on the loss only through dhs[t] * hs[t], or by way of later steps, too?",
    look="Look at the line that computes dh: count its summands.",
    fix="dh = dhs[t] + dh_next.",
)
def later_hidden_gradient_dropped(dh_loss, dh_next):
    return dh_loss


@mistake(
    replaces="hidden_gradient",
    says="What the next step passes back to h_t is subtracted.",
    think="If two ways lead from h_t to the loss, how do their gradients combine?",
    look="Look at the sign in the line that computes dh.",
    fix="Gradients by several ways add up: dh = dhs[t] + dh_next.",
)
def later_hidden_gradient_subtracted(dh_loss, dh_next):
    return dh_loss - dh_next


@mistake(
    replaces="hidden_gradient",
    says="What the next step passes back to h_t is added twice.",
    think="How many times should dh_next be in dh?",
    look="Look for two places at which dh_next is added.",
    fix="Add it once: dh = dhs[t] + dh_next.",
)
def later_hidden_gradient_added_twice(dh_loss, dh_next):
    return dh_loss + 2 * dh_next


@mistake(
    replaces="hidden_gradient",
    says="The gradient from the loss and that from the next step are averaged.",
    think="If two ways lead from h_t to the loss, how do their gradients combine?",
    look="Look for a division by 2 or a mean in the line that computes dh.",
    fix="Gradients by several ways add up: dh = dhs[t] + dh_next.",
)
def hidden_gradients_averaged(dh_loss, dh_next):
    return (dh_loss + dh_next) / 2


# To the step before


@mistake(
    replaces="hidden_gradient_before",
    says="Nothing is passed back to the hidden state before: dh_next and dh0 are zero.",
    think="z = x U + h_prev U + b holds h_prev. What is the gradient by h_prev?",
    look="Look at the last lines of the backward loop.",
    fix="dh_next = dz @ U.T; after the last round of the loop it is dh0.",
)
def nothing_passed_back_to_the_hidden_state(dz, U):
    return 0 * (dz @ U.T)


@mistake(
    replaces="hidden_gradient_before",
    says="The blocks of U are not transposed on the way back.",
    think="Forward, row j of U speaks for unit j. In which direction does the gradient go through U?",
    look="Look at the product with U, block by block, in the backward loop.",
    fix="dh_next = dz @ U.T, or the sum of dz_k @ U_k.T over the four blocks.",
)
def recurrent_blocks_not_transposed_on_the_way_back(dz, U):
    return sum(d @ u for d, u in zip(np.split(dz, 4, axis=1), np.split(U, 4, axis=1), strict=True))


@mistake(
    replaces="hidden_gradient_before",
    says="Only the candidate's block passes its gradient back to h_prev; the three gates are left out.",
    think="Which of the four blocks of z hold h_prev?",
    look="Look at the line that computes dh_next: how many summands has it?",
    fix="All four: dh_next = dz @ U.T.",
)
def hidden_gradient_through_the_candidate_only(dz, U):
    return through_some_blocks(dz, U, (2,))


@mistake(
    replaces="hidden_gradient_before",
    says="The candidate's block is left out where the gates pass their gradients back to h_prev.",
    think="Which of the four blocks of z hold h_prev?",
    look="Look at the line that computes dh_next: how many summands has it?",
    fix="All four: dh_next = dz @ U.T.",
)
def hidden_gradient_without_the_candidate(dz, U):
    return through_some_blocks(dz, U, (0, 1, 3))


@mistake(
    replaces="hidden_gradient_before",
    says="The output gate's block is left out where the gates pass their gradients back to h_prev.",
    think="Which of the four blocks of z hold h_prev?",
    look="Look at the line that computes dh_next: how many summands has it?",
    fix="All four: dh_next = dz @ U.T.",
)
def hidden_gradient_without_the_output_gate(dz, U):
    return through_some_blocks(dz, U, (0, 1, 2))


@mistake(
    replaces="cell_gradient_before",
    says="The forget gate is missing where the gradient is passed back to the cell state before.",
    think="c = f * c_prev + i * g: what is the derivative of c by c_prev?",
    look="Look at the line that computes dc_next.",
    fix="dc_next = dc * f.",
)
def forget_gate_missing_on_the_way_back(at):
    return at.dc


@mistake(
    replaces="cell_gradient_before",
    says="Only what the next step passed back goes on to the cell state before, without the part through h_t.",
    think="By which two ways does c_t have an effect on the loss? Do both go back through f?",
    look="Look at which dc is multiplied by f: before or after dh was added?",
    fix="dc_next = dc * f, with dc = dc_next + dh * o * (1 - tanh(c)**2). As it stands, dc0 stays zero for ever.",
    same_as=("nothing-passed-back-to-the-cell-state",),
)
def cell_gradient_before_from_the_later_step_only(at):
    return at.dc_next * at.f


@mistake(
    replaces="cell_gradient_before",
    says="Nothing is passed back to the cell state before: dc_next and dc0 are zero.",
    think="c = f * c_prev + i * g holds c_prev. What is the gradient by c_prev?",
    look="Look at the last lines of the backward loop.",
    fix="dc_next = dc * f; after the last round of the loop it is dc0.",
    same_as=("cell-gradient-before-from-the-later-step-only",),
)
def nothing_passed_back_to_the_cell_state(at):
    return 0 * at.dc


@mistake(
    replaces="cell_gradient_before",
    says="The gradient that is passed back to the cell state before is multiplied by 1 - f.",
    think="If f is 1, how much of the old state is kept, and how much of the gradient should go back to it?",
    look="Look at the line that computes dc_next.",
    fix="dc_next = dc * f.",
)
def share_to_forget_on_the_way_back(at):
    return at.dc * (1 - at.f)


@mistake(
    replaces="cell_gradient_before",
    says="The gradient that is passed back to the cell state before is multiplied by the input gate.",
    think="c = f * c_prev + i * g: which gate multiplies c_prev?",
    look="Look at the line that computes dc_next.",
    fix="dc_next = dc * f.",
)
def input_gate_on_the_way_back(at):
    return at.dc * at.i


@mistake(
    replaces="cell_gradient_before",
    says="The slope of the forget gate, f (1 - f), stands for f where the gradient is passed back to c_prev.",
    think="c = f * c_prev + i * g: when you differentiate by c_prev, is f a constant?",
    look="Look at the line that computes dc_next.",
    fix="dc_next = dc * f.",
)
def slope_of_the_forget_gate_on_the_way_back(at):
    return at.dc * at.f * (1 - at.f)


@mistake(
    replaces="cell_gradient_before",
    says="dh in place of dc is passed back to the cell state before.",
    think="Which gradient goes through the forget gate: that by h_t, or that by c_t?",
    look="Look at the line that computes dc_next.",
    fix="dc_next = dc * f.",
)
def hidden_gradient_passed_back_to_the_cell_state(at):
    return at.dh * at.f


@mistake(
    replaces="cell_gradient_before",
    says="dc0 is the gradient by the first new cell state: its way through the forget gate is missing at t = 0.",
    think="Is dc0 the gradient by c0, or by cs[0]?",
    look="Look at what is returned as dc0, after the loop.",
    fix="dc0 is dc * f of step 0, computed like dc_next at every other step.",
)
def forget_gate_missing_at_the_first_step(at):
    return at.dc if at.t == 0 else at.dc * at.f
