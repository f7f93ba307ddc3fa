# adapted to the homework from my notes of another course, where the order is i, f, o, g
import numpy as np
from activations import sigmoid


def lstm_gates(x, h_prev, W, U, b):
    H = h_prev.shape[1]
    a = x.dot(W) + h_prev.dot(U) + b
    i = sigmoid(a[:, 0:H])
    f = sigmoid(a[:, H:2*H])
    o = sigmoid(a[:, 2*H:3*H])
    g = np.tanh(a[:, 3*H:4*H])
    return i, f, g, o


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f*c_prev + i*g
    return o*np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    h, c, hs, cs = h0, c0, [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.stack(hs), np.stack(cs)


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs = np.zeros_like(xs)
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros_like(b)
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(xs.shape[0])):
        h_prev = h0 if t == 0 else hs[t-1]
        c_prev = c0 if t == 0 else cs[t-1]
        i, f, g, o = lstm_gates(xs[t], h_prev, W, U, b)
        tc = np.tanh(cs[t])
        dh = dh + dhs[t]
        dc = dc + dh*o*(1. - tc**2)
        da = np.hstack([dc*g*i*(1.-i), dc*c_prev*f*(1.-f), dh*tc*o*(1.-o), dc*i*(1.-g**2)])
        dxs[t] = da.dot(W.T)
        dW += xs[t].T.dot(da)
        dU += h_prev.T.dot(da)
        db += da.sum(axis=0)
        dh = da.dot(U.T)
        dc = dc*f
    return dxs, dh, dc, dW, dU, db
