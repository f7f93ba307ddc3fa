# The gate layout is kept in a file so that the same code can read Keras weights later.
import json

import numpy as np

from nn_functions import sgm, th

with open("weights/layout.json") as f:
    LAYOUT = json.load(f)

FUNCTIONS = {"sigmoid": sgm, "tanh": th}


def lstm_gates(x, h_prev, W, U, b):
    H = h_prev.shape[1]
    z = np.matmul(x, W) + np.matmul(h_prev, U) + b
    gate = {}
    for position, name in enumerate(LAYOUT["blocks"]):
        activation = FUNCTIONS[LAYOUT["activation"][name]]
        gate[name] = activation(z[:, position * H:(position + 1) * H])
    return gate["input"], gate["forget"], gate["candidate"], gate["output"]


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = c_prev * f
    c += i * g
    return th(c) * o, c


def lstm_forward(xs, h0, c0, W, U, b):
    out_h, out_c = [], []
    h, c = h0.copy(), c0.copy()
    for t, x in enumerate(xs):
        h, c = lstm_cell(x, h, c, W, U, b)
        out_h.append(h)
        out_c.append(c)
    return np.asarray(out_h), np.asarray(out_c)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    T = xs.shape[0]
    dx_list = [None] * T
    dW = np.zeros(W.shape)
    dU = np.zeros(U.shape)
    db = np.zeros(b.shape)
    grad_h = np.zeros(h0.shape)
    grad_c = np.zeros(c0.shape)
    t = T - 1
    while t >= 0:
        h_before = h0 if t == 0 else hs[t - 1]
        c_before = c0 if t == 0 else cs[t - 1]
        i, f, g, o = lstm_gates(xs[t], h_before, W, U, b)
        squashed = th(cs[t])

        grad_h = grad_h + dhs[t]
        grad_o = grad_h * squashed
        grad_c = grad_c + grad_h * o * (1 - squashed ** 2)
        grad_i = grad_c * g
        grad_g = grad_c * i
        grad_f = grad_c * c_before

        z = np.concatenate([grad_i * i * (1 - i), grad_f * f * (1 - f), grad_g * (1 - g ** 2), grad_o * o * (1 - o)], axis=-1)
        dW += np.matmul(xs[t].T, z)
        dU += np.matmul(h_before.T, z)
        db += np.sum(z, axis=0)
        dx_list[t] = np.matmul(z, W.T)
        grad_h = np.matmul(z, U.T)
        grad_c = grad_c * f
        t -= 1
    return np.array(dx_list), grad_h, grad_c, dW, dU, db
