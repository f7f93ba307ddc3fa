"""What people write for dz in one piece, and for the gradients by the inputs and the weights."""

import numpy as np

from grader.model.mistake import mistake

# The four blocks side by side


@mistake(
    replaces="join_gates",
    says="The blocks of dz are joined in the order i, f, o, g: candidate and output gate are exchanged.",
    think="In which order do the columns of W, U and b hold the gates?",
    look="Look at the line that joins the four gradients to dz.",
    fix="The same order as on the way forward: i, f, g, o.",
)
def gate_gradients_joined_as_ifog(d_i, d_f, d_g, d_o):
    return np.concatenate([d_i, d_f, d_o, d_g], axis=1)


@mistake(
    replaces="join_gates",
    says="The blocks of dz are joined in the order f, i, g, o: input gate and forget gate are exchanged.",
    think="In which order do the columns of W, U and b hold the gates?",
    look="Look at the line that joins the four gradients to dz.",
    fix="The same order as on the way forward: i, f, g, o.",
)
def gate_gradients_joined_as_figo(d_i, d_f, d_g, d_o):
    return np.concatenate([d_f, d_i, d_g, d_o], axis=1)


@mistake(
    replaces="join_gates",
    says="The blocks of dz are joined in the order i, g, f, o: forget gate and candidate are exchanged.",
    think="In which order do the columns of W, U and b hold the gates?",
    look="Look at the line that joins the four gradients to dz.",
    fix="The same order as on the way forward: i, f, g, o.",
)
def gate_gradients_joined_as_igfo(d_i, d_f, d_g, d_o):
    return np.concatenate([d_i, d_g, d_f, d_o], axis=1)


@mistake(
    replaces="join_gates",
    says="The blocks of dz are joined in the order f, i, o, g.",
    think="In which order do the columns of W, U and b hold the gates?",
    look="Look at the line that joins the four gradients to dz.",
    fix="The same order as on the way forward: i, f, g, o.",
)
def gate_gradients_joined_as_fiog(d_i, d_f, d_g, d_o):
    return np.concatenate([d_f, d_i, d_o, d_g], axis=1)


@mistake(
    replaces="join_gates",
    says="The blocks of dz are joined in the order i, o, f, g.",
    think="In which order do the columns of W, U and b hold the gates?",
    look="Look at the line that joins the four gradients to dz.",
    fix="The same order as on the way forward: i, f, g, o.",
)
def gate_gradients_joined_as_iofg(d_i, d_f, d_g, d_o):
    return np.concatenate([d_i, d_o, d_f, d_g], axis=1)


@mistake(
    replaces="join_gates",
    says="The blocks of dz are joined in the order o, f, g, i: input gate and output gate are exchanged.",
    think="In which order do the columns of W, U and b hold the gates?",
    look="Look at the line that joins the four gradients to dz.",
    fix="The same order as on the way forward: i, f, g, o.",
)
def gate_gradients_joined_as_ofgi(d_i, d_f, d_g, d_o):
    return np.concatenate([d_o, d_f, d_g, d_i], axis=1)


@mistake(
    replaces="join_gates",
    says="The blocks of dz are joined from back to front, in the order o, g, f, i in which they were computed.",
    think="In which order do the columns of W, U and b hold the gates?",
    look="Look at the line that joins the four gradients to dz.",
    fix="The same order as on the way forward: i, f, g, o.",
)
def gate_gradients_joined_as_ogfi(d_i, d_f, d_g, d_o):
    return np.concatenate([d_o, d_g, d_f, d_i], axis=1)


@mistake(
    replaces="join_gates",
    says="The gradients of the four gates are interleaved: every fourth column of dz belongs to one gate.",
    think="For H = 5, which columns of W belong to the input gate: 0, 1, 2, 3, 4 or 0, 4, 8, 12, 16?",
    look="Look at the axis along which the four are stacked before they are reshaped.",
    fix="Lay the blocks side by side: np.concatenate([...], axis=1).",
)
def gate_gradients_interleaved(d_i, d_f, d_g, d_o):
    return np.stack([d_i, d_f, d_g, d_o], axis=2).reshape(len(d_i), -1)


# The inputs


@mistake(
    replaces="input_gradient",
    says="Only the candidate's block passes its gradient back to x; the three gates are left out.",
    think="Which of the four blocks of z hold x?",
    look="Look at the line that computes dx: how many summands has it?",
    fix="All four: dx = dz @ W.T.",
)
def input_gradient_through_the_candidate_only(dz, W):
    return np.split(dz, 4, axis=1)[2] @ np.split(W, 4, axis=1)[2].T


@mistake(
    replaces="input_gradient",
    says="The blocks of W are not transposed on the way back, which works only with as many inputs as units.",
    think="Which shape must dx have, and which do you get when D and H differ?",
    look="Look at the product with W, block by block, in the backward loop.",
    fix="dx = dz @ W.T.",
)
def input_blocks_not_transposed_on_the_way_back(dz, W):
    return sum(d @ w for d, w in zip(np.split(dz, 4, axis=1), np.split(W, 4, axis=1), strict=True))


# The weights


@mistake(
    replaces="add_weights",
    says="dW, dU and db are overwritten at every step, so that only step 0 is left of them.",
    think="Each step uses the same W. How do the gradients of all steps combine?",
    look="Look at the lines of dW, dU and db in the loop: = or +=?",
    fix="Add each step's share: dW += x.T @ dz, dU += h_prev.T @ dz, db += dz.sum(axis=0).",
)
def weight_gradients_overwritten(dW, dU, db, dz, at):
    return add_input_weights(0 * dW, dz, at), add_recurrent_weights(0 * dU, dz, at), add_bias(0 * db, dz)


@mistake(
    replaces="add_input_weights",
    says="dW is overwritten at every step, so that only step 0 is left of it.",
    think="Each step uses the same W. How do the gradients of all steps combine?",
    look="Look at the line of dW in the loop: = or +=?",
    fix="Add each step's share: dW += x.T @ dz.",
)
def input_weight_gradient_overwritten(dW, dz, at):
    return at.x.T @ dz


@mistake(
    replaces="add_recurrent_weights",
    says="dU is overwritten at every step, so that only step 0 is left of it.",
    think="Each step uses the same U. How do the gradients of all steps combine?",
    look="Look at the line of dU in the loop: = or +=?",
    fix="Add each step's share: dU += h_prev.T @ dz.",
)
def recurrent_weight_gradient_overwritten(dU, dz, at):
    return at.h_prev.T @ dz


@mistake(
    replaces="add_bias",
    says="db is overwritten at every step, so that only step 0 is left of it.",
    think="Each step uses the same b. How do the gradients of all steps combine?",
    look="Look at the line of db in the loop: = or +=?",
    fix="Add each step's share: db += dz.sum(axis=0).",
)
def bias_gradient_overwritten(db, dz):
    return dz.sum(axis=0)


@mistake(
    replaces="add_input_weights",
    says="dW is made of h_prev in place of x, which works only with as many inputs as units.",
    think="What is W multiplied by on the way forward?",
    look="Compare the lines of dW and dU: was one copied?",
    fix="dW += x.T @ dz.",
)
def input_weight_gradient_from_the_hidden_state(dW, dz, at):
    return dW + at.h_prev.T @ dz


@mistake(
    replaces="add_recurrent_weights",
    says="dU is made of x in place of h_prev, which works only with as many inputs as units.",
    think="What is U multiplied by on the way forward?",
    look="Compare the lines of dW and dU: was one copied?",
    fix="dU += h_prev.T @ dz.",
)
def recurrent_weight_gradient_from_the_input(dU, dz, at):
    return dU + at.x.T @ dz


@mistake(
    replaces="add_recurrent_weights",
    says="dU is made of the new hidden state h_t in place of h_prev.",
    think="Which hidden state does U multiply at step t: the one before, or the one after?",
    look="Look at the index of hs in the line of dU.",
    fix="dU += h_prev.T @ dz, with h_prev = hs[t - 1], and h0 at t = 0.",
)
def recurrent_weight_gradient_from_the_new_state(dU, dz, at):
    return dU + at.h.T @ dz


@mistake(
    replaces="add_recurrent_weights",
    says="dU is made of the cell state c_prev in place of h_prev.",
    think="Which state does U multiply on the way forward?",
    look="Look at the state in the line of dU.",
    fix="dU += h_prev.T @ dz.",
)
def recurrent_weight_gradient_from_the_cell_state(dU, dz, at):
    return dU + at.c_prev.T @ dz


@mistake(
    replaces="add_bias",
    says="db adds the mean over the batch, not the sum.",
    think="The loss sums over the batch. Where would a division by N come from?",
    look="Look at how dz is reduced in the line of db.",
    fix="db += dz.sum(axis=0).",
)
def bias_gradient_averaged_over_the_batch(db, dz):
    return db + dz.mean(axis=0)


@mistake(
    replaces="add_bias",
    says="db adds one number, the sum of all of dz.",
    think="How many different numbers should db hold?",
    look="Look at the axis of the sum in the line of db.",
    fix="Sum over the batch only: db += dz.sum(axis=0).",
)
def bias_gradient_summed_over_everything(db, dz):
    return db + dz.sum()


@mistake(
    replaces="add_bias",
    says="db is not summed over the batch: it has a row for each sequence.",
    think="Which shape has b, and which has your db?",
    look="Look at the line of db: where does the axis of the batch go?",
    fix="Sum over the batch: db += dz.sum(axis=0).",
)
def bias_gradient_keeps_the_batch(db, dz):
    return db + dz


@mistake(
    replaces="add_bias",
    says="db is summed over the columns and not over the batch.",
    think="Which shape has b, and which has dz.sum(axis=1)?",
    look="Look at the axis of the sum in the line of db.",
    fix="Sum over the batch: db += dz.sum(axis=0).",
)
def bias_gradient_summed_along_the_wrong_axis(db, dz):
    return db + dz.sum(axis=1)
