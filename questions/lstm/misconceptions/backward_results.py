"""What people do to the finished gradients, and in which order they return them."""

import numpy as np

from grader.model.mistake import mistake


@mistake(
    replaces="gradients",
    says="dh0 and dc0 are returned in the wrong order.",
    think="In which order does the question want the six results?",
    look="Look at the return line of lstm_backward.",
    fix="Return dxs, dh0, dc0, dW, dU, db.",
)
def initial_gradients_exchanged(dxs, dh0, dc0, dW, dU, db):
    return dxs, dc0, dh0, dW, dU, db


@mistake(
    replaces="gradients",
    says="dW and dU are returned in the wrong order.",
    think="In which order does the question want the six results?",
    look="Look at the return line of lstm_backward.",
    fix="Return dxs, dh0, dc0, dW, dU, db.",
)
def weight_gradients_exchanged(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, dc0, dU, dW, db


@mistake(
    replaces="gradients",
    says="The gradients of the weights are returned first: dW, dU, db, dxs, dh0, dc0.",
    think="In which order does the question want the six results?",
    look="Look at the return line of lstm_backward.",
    fix="Return dxs, dh0, dc0, dW, dU, db.",
)
def weight_gradients_returned_first(dxs, dh0, dc0, dW, dU, db):
    return dW, dU, db, dxs, dh0, dc0


@mistake(
    replaces="gradients",
    says="dxs is in the order in which the backward loop met the steps: the last step comes first.",
    think="Which entry of dxs belongs to xs[0]?",
    look="Look at how dxs is filled within the backward loop.",
    fix="Write dxs[t] = dx, or reverse the list after the loop.",
)
def input_gradients_in_reverse(dxs, dh0, dc0, dW, dU, db):
    return dxs[::-1], dh0, dc0, dW, dU, db


@mistake(
    replaces="gradients",
    says="dxs holds the gradient of step 0 at every step.",
    think="Should the gradients by xs[0] and by xs[1] be equal?",
    look="Look at how dxs is filled within the backward loop: is there an index t?",
    fix="Write dxs[t] = dx.",
)
def input_gradient_of_the_first_step_everywhere(dxs, dh0, dc0, dW, dU, db):
    return np.stack([dxs[0]] * len(dxs)), dh0, dc0, dW, dU, db


@mistake(
    replaces="gradients",
    says="dxs is summed over time and has the shape (N, D).",
    think="Each input is used at one step only. Over what could its gradient be summed?",
    look="Look at how dxs is filled within the backward loop.",
    fix="Each step has its own entry: dxs[t] = dz @ W.T.",
)
def input_gradients_summed_over_time(dxs, dh0, dc0, dW, dU, db):
    return dxs.sum(axis=0), dh0, dc0, dW, dU, db


@mistake(
    replaces="gradients",
    says="dxs has the batch first, (N, T, D), and not time.",
    think="Which shape has xs?",
    look="Look at the axis along which dxs is stacked.",
    fix="dxs has the shape of xs: (T, N, D).",
)
def input_gradients_with_the_batch_first(dxs, dh0, dc0, dW, dU, db):
    return dxs.swapaxes(0, 1), dh0, dc0, dW, dU, db


@mistake(
    replaces="gradients",
    says="dW and dU are transposed.",
    think="Which shape has W, and which has your dW?",
    look="Look at the order of the factors in the lines of dW and dU.",
    fix="Each gradient has the shape of its matrix: dW += x.T @ dz and dU += h_prev.T @ dz.",
)
def weight_gradients_transposed(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, dc0, dW.T, dU.T, db


@mistake(
    replaces="gradients",
    says="dh0 is zero: the gradient is not passed on to h0.",
    think="Does h0 have an effect on the loss?",
    look="Look at what is returned as dh0.",
    fix="dh0 is what step 0 passes back: dz @ U.T after the last round of the loop.",
)
def gradient_of_the_initial_hidden_state_is_zero(dxs, dh0, dc0, dW, dU, db):
    return dxs, 0 * dh0, dc0, dW, dU, db


@mistake(
    replaces="gradients",
    says="dc0 is zero: the gradient is not passed on to c0.",
    think="Does c0 have an effect on the loss?",
    look="Look at what is returned as dc0.",
    fix="dc0 is what step 0 passes back: dc * f after the last round of the loop.",
)
def gradient_of_the_initial_cell_state_is_zero(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, 0 * dc0, dW, dU, db


@mistake(
    replaces="gradients",
    says="dh0 and dc0 are zero: the gradient is not passed on to the initial states.",
    think="Do h0 and c0 have an effect on the loss?",
    look="Look at what is returned as dh0 and dc0.",
    fix="They are what step 0 passes back: dz @ U.T and dc * f after the last round of the loop.",
)
def gradients_of_the_initial_states_are_zero(dxs, dh0, dc0, dW, dU, db):
    return dxs, 0 * dh0, 0 * dc0, dW, dU, db


@mistake(
    replaces="gradients",
    says="All gradients have the wrong sign.",
    think="If the loss rises with a weight, which sign has its gradient?",
    look="Look for a minus: is what you return the gradient, or the step that descends along it?",
    fix="Return the gradient itself; the minus belongs to the update of the weights.",
)
def gradients_negated(dxs, dh0, dc0, dW, dU, db):
    return -dxs, -dh0, -dc0, -dW, -dU, -db


@mistake(
    replaces="gradients",
    says="dW is divided by the batch size; the other gradients are not.",
    think="The loss sums over the batch. Where would a division by N come from?",
    look="Look at the line of dW.",
    fix="dW += x.T @ dz, without a division.",
)
def input_weight_gradient_divided_by_the_batch_size(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, dc0, dW / len(dh0), dU, db


@mistake(
    replaces="gradients",
    says="dW, dU and db are divided by the batch size.",
    think="The loss sums over the batch. Where would a division by N come from?",
    look="Look at the lines of dW, dU and db, and at what follows the loop.",
    fix="The loss of the question is a sum, sum(dhs * hs): do not divide.",
)
def weight_gradients_divided_by_the_batch_size(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, dc0, dW / len(dh0), dU / len(dh0), db / len(dh0)


@mistake(
    replaces="gradients",
    says="All gradients are divided by the batch size.",
    think="The loss sums over the batch. Where would a division by N come from?",
    look="Look for a division by N, in dhs for instance.",
    fix="The loss of the question is a sum, sum(dhs * hs): do not divide.",
)
def gradients_divided_by_the_batch_size(dxs, dh0, dc0, dW, dU, db):
    return tuple(gradient / len(dh0) for gradient in (dxs, dh0, dc0, dW, dU, db))


@mistake(
    replaces="gradients",
    says="dW, dU and db are divided by the number of steps.",
    think="The loss sums over the steps. Where would a division by T come from?",
    look="Look at the lines of dW, dU and db, and at what follows the loop.",
    fix="The loss of the question is a sum, sum(dhs * hs): do not divide.",
)
def weight_gradients_divided_by_the_number_of_steps(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, dc0, dW / len(dxs), dU / len(dxs), db / len(dxs)


@mistake(
    replaces="gradients",
    says="db is halved, as if it were shared out to two biases.",
    think="How many biases does the question give you?",
    look="Look at the line of db, or for a factor of 2.",
    fix="There is one bias, and db is all of its gradient.",
)
def bias_gradient_halved(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, dc0, dW, dU, db / 2


@mistake(
    replaces="gradients",
    says="dW, dU and db are cut off at -1 and 1.",
    think="Is a gradient that has been clipped still the gradient of the loss?",
    look="Look for a clip after the loop.",
    fix="Return the gradients as they are; clipping belongs to the training loop.",
)
def weight_gradients_clipped(dxs, dh0, dc0, dW, dU, db):
    return dxs, dh0, dc0, np.clip(dW, -1, 1), np.clip(dU, -1, 1), np.clip(db, -1, 1)
