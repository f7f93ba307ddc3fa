import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_gates(x, h_prev, W, U, b):
    a = x @ W + h_prev @ U + b
    H = a.shape[1] // 4
    return sigmoid(a[:, :H]), sigmoid(a[:, H:2*H]), np.tanh(a[:, 2*H:3*H]), sigmoid(a[:, 3*H:])

def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = f * c_prev + i * g
    h = o * c          # hidden state
    print("h:", h)
    print("c:", c)
    return h, c

def lstm_forward(xs, h0, c0, W, U, b):
    h, c = h0, c0
    for t in range(len(xs)):
        h, c = lstm_cell(xs[t], h, c, W, U, b)
        print("step", t, h, c)

def lstm_backward(dhs, xs, h0, c0, W, U, b):
    pass
