"""The LSTM of Gers, Schmidhuber and Cummins (2000), without peepholes, and its gradient through time.

    z = x W + h_prev U + b                     in four blocks of H columns: i, f, g, o
    i, f, o = sigmoid(z_i), sigmoid(z_f), sigmoid(z_o);    g = tanh(z_g)
    c = f * c_prev + i * g
    h = o * tanh(c)

Every formula is a function of its own, looked up by name when it is used, so that it can be replaced. All work on
float64 arrays and on object arrays of balls alike. N is the batch, D the inputs, H the hidden units, T the steps.
The full gradient through time is that of Graves and Schmidhuber (2005).
"""

from typing import Any, NamedTuple

import numpy as np

__all__ = ["lstm_backward", "lstm_cell", "lstm_forward", "lstm_gates"]


# One step forward


def lstm_gates(x, h_prev, W, U, b):
    """Return the gates i, f, g, o, each (N, H)."""
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, b))
    return input_gate(z_i), forget_gate(z_f), candidate(z_g), output_gate(z_o)


def pre_activation(x, h_prev, W, U, b):
    """Return what goes into the four gates."""
    return from_input(x, W) + from_state(h_prev, U) + b  # (N, 4H)


def from_input(x, W):
    """Return what the input adds to z."""
    return x @ W


def from_state(h_prev, U):
    """Return what the last hidden state adds to z."""
    return h_prev @ U


def split_gates(z):
    """Return the blocks z_i, z_f, z_g, z_o of the columns of z."""
    H = z.shape[1] // 4
    return z[:, :H], z[:, H : 2 * H], z[:, 2 * H : 3 * H], z[:, 3 * H :]


def sigmoid(z):
    """Return the logistic function."""
    return 1 / (1 + np.exp(-z))


def input_gate(z_i):
    """Return how much of the candidate is written."""
    return sigmoid(z_i)


def forget_gate(z_f):
    """Return how much of the old cell state is kept."""
    return sigmoid(z_f)


def candidate(z_g):
    """Return what may be written into the cell."""
    return np.tanh(z_g)


def output_gate(z_o):
    """Return how much of the cell is shown."""
    return sigmoid(z_o)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    """Return the new states h and c, each (N, H)."""
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = cell_update(i, f, g, c_prev)
    return hidden_state(o, c), c


def cell_update(i, f, g, c_prev):
    """Return the new cell state."""
    return f * c_prev + i * g


def hidden_state(o, c):
    """Return the new hidden state."""
    return o * np.tanh(c)


# All steps forward


def lstm_forward(xs, h0, c0, W, U, b):
    """Return the states after each step, hs and cs, each (T, N, H)."""
    states = [initial_state(h0, c0)]
    for t in forward_order(xs):
        h, c = carried_on(states)
        states.append(lstm_cell(input_at(xs, t), h, c, W, U, b))
    return collected(states)


def initial_state(h0, c0):
    """Return the states before the first step."""
    return h0, c0


def forward_order(xs):
    """Return the steps in the order in which they are made."""
    return range(len(xs))


def input_at(xs, t):
    """Return the input of step t."""
    return xs[t]


def carried_on(states):
    """Return the states h and c that the next step starts from, out of all so far, the initial ones included."""
    return states[-1]


def collected(states):
    """Return hs and cs, each (T, N, H), without the initial states."""
    hs, cs = zip(*states[1:], strict=True)
    return np.stack(hs), np.stack(cs)


# All steps backward


class Moment(NamedTuple):
    """Everything that is known at one step on the way back."""

    t: int
    x: Any  # (N, D)
    h_prev: Any  # (N, H), and so are all below
    c_prev: Any
    i: Any
    f: Any
    g: Any
    o: Any
    c: Any
    h: Any
    dh: Any = None  # of the loss, by every way through h
    dc_next: Any = None  # of the loss, by the next step's cell state
    dc: Any = None  # of the loss, by every way through c


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    """Return the gradients dxs, dh0, dc0, dW, dU, db of sum(dhs * hs)."""
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    dxs, dW, dU, db = (np.zeros_like(of) for of in (xs, W, U, b))
    gates = gates_again(xs, hs, h0, W, U, b)
    for t in backward_order(xs):
        at = Moment(t, input_at(xs, t), hidden_before(hs, h0, t), cell_before(cs, c0, t), *gates[t], cs[t], hs[t])
        dh_next, dc_next = from_later(dh_next, dc_next)
        at = at._replace(dh=hidden_gradient(upstream(dhs, t), dh_next), dc_next=dc_next)
        at = at._replace(dc=cell_gradient(at))
        dz = gate_gradient(at)
        dxs[t] = input_gradient(dz, W)
        dW, dU, db = add_weights(dW, dU, db, dz, at)
        dh_next, dc_next = hidden_gradient_before(dz, U), cell_gradient_before(at)
    return gradients(dxs, dh_next, dc_next, dW, dU, db)


def gates_again(xs, hs, h0, W, U, b):
    """Return the gates i, f, g, o of each step."""
    return [lstm_gates(input_at(xs, t), state_before(hs, h0, t), W, U, b) for t in range(len(hs))]


def state_before(states, first, t):
    """Return the state that step t started from."""
    return states[t - 1] if t > 0 else first


def backward_order(xs):
    """Return the steps in the order in which the gradient meets them."""
    return reversed(range(len(xs)))


def hidden_before(hs, h0, t):
    """Return the hidden state that step t started from."""
    return state_before(hs, h0, t)


def cell_before(cs, c0, t):
    """Return the cell state that step t started from."""
    return state_before(cs, c0, t)


def upstream(dhs, t):
    """Return the gradient that reaches h_t from the loss itself."""
    return dhs[t]


def from_later(dh_next, dc_next):
    """Return the gradients by h_t and c_t that the next step passes back."""
    return dh_next, dc_next


def hidden_gradient(dh_loss, dh_next):
    """Return the gradient by h_t: from the loss, and from the gates of the next step."""
    return dh_loss + dh_next


def cell_gradient(at):
    """Return the gradient by c_t: through h_t, and from the next step's cell state."""
    return at.dh * at.o * (1 - np.tanh(at.c) ** 2) + at.dc_next


def gate_gradient(at):
    """Return the gradient by z."""
    return join_gates(d_input_gate(at), d_forget_gate(at), d_candidate(at), d_output_gate(at))  # (N, 4H)


def d_input_gate(at):
    """Return the gradient by z_i."""
    return at.dc * at.g * at.i * (1 - at.i)


def d_forget_gate(at):
    """Return the gradient by z_f."""
    return at.dc * at.c_prev * at.f * (1 - at.f)


def d_candidate(at):
    """Return the gradient by z_g."""
    return at.dc * at.i * (1 - at.g**2)


def d_output_gate(at):
    """Return the gradient by z_o."""
    return at.dh * np.tanh(at.c) * at.o * (1 - at.o)


def join_gates(d_i, d_f, d_g, d_o):
    """Return the four blocks side by side, in the order of the columns of W."""
    return np.concatenate([d_i, d_f, d_g, d_o], axis=1)


def input_gradient(dz, W):
    """Return the gradient by x_t."""
    return dz @ W.T


def add_weights(dW, dU, db, dz, at):
    """Return dW, dU and db with this step's share added."""
    return add_input_weights(dW, dz, at), add_recurrent_weights(dU, dz, at), add_bias(db, dz)


def add_input_weights(dW, dz, at):
    """Return dW with this step's share added."""
    return dW + at.x.T @ dz


def add_recurrent_weights(dU, dz, at):
    """Return dU with this step's share added."""
    return dU + at.h_prev.T @ dz


def add_bias(db, dz):
    """Return db with this step's share added."""
    return db + dz.sum(axis=0)


def hidden_gradient_before(dz, U):
    """Return the gradient by h_prev, for the step before."""
    return dz @ U.T


def cell_gradient_before(at):
    """Return the gradient by c_prev, for the step before."""
    return at.dc * at.f


def gradients(dxs, dh0, dc0, dW, dU, db):
    """Return the results in the order of the question."""
    return dxs, dh0, dc0, dW, dU, db
