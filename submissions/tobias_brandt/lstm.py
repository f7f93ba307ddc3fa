import numpy as np
from activations import sigmoid, tanh

def lstm_gates(x, h_prev, W, U, b):
    z = x@W + h_prev@U + b
    i, f, g, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)

def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = i*c_prev + f*g
    h = o*tanh(c)
    return h, c

def lstm_forward(xs, h0, c0, W, U, b):
    h, c = h0, c0
    hs, cs = [], []
    for t in range(len(xs)):
        h, c = lstm_cell(xs[t], h, c, W, U, b)
        hs.append(h)
        cs.append(c)
    return np.array(hs), np.array(cs)

def lstm_backward(dhs, xs, h0, c0, W, U, b):
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs = np.zeros_like(xs)
    dW = np.zeros_like(W)
    dU = np.zeros_like(U)
    db = np.zeros_like(b)
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(len(xs)-1, -1, -1):
        hp = hs[t-1] if t else h0
        cp = cs[t-1] if t else c0
        i, f, g, o = lstm_gates(xs[t], hp, W, U, b)
        dh = dh + dhs[t]
        dc = dc + dh*o*(1-tanh(cs[t])**2)
        di = dc*cp
        df = dc*g
        dg = dc*f
        do = dh*tanh(cs[t])
        dz = np.hstack([di*i*(1-i), df*f*(1-f), dg*(1-g**2), do*o*(1-o)])
        dxs[t] = dz@W.T
        dW += xs[t].T@dz
        dU += hp.T@dz
        db += dz.sum(0)
        dh = dz@U.T
        dc = dc*i
    return dxs, dh, dc, dW, dU, db
