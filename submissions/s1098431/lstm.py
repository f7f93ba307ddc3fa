import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def lstm_gates(x, h_prev, W, U, b):
    # four small products, one per gate
    H = h_prev.shape[1]
    def pre(k):
        cols = slice(k*H, (k+1)*H)
        return np.dot(x, W[:, cols]) + np.dot(h_prev, U[:, cols]) + b[cols]
    return sigmoid(pre(0)), sigmoid(pre(1)), np.tanh(pre(2)), sigmoid(pre(3))

def lstm_cell(x, h_prev, c_prev, W, U, b):
    i, f, g, o = lstm_gates(x, h_prev, W, U, b)
    c = np.add(np.multiply(f, c_prev), np.multiply(i, g))
    h = np.multiply(o, np.tanh(c))
    return h, c

def lstm_forward(xs, h0, c0, W, U, b):
    T = xs.shape[0]
    N, H = h0.shape
    hs = np.zeros((T, N, H))
    cs = np.zeros((T, N, H))
    for t in range(T):
        if t == 0:
            hs[t], cs[t] = lstm_cell(xs[t], h0, c0, W, U, b)
        else:
            hs[t], cs[t] = lstm_cell(xs[t], hs[t-1], cs[t-1], W, U, b)
    return hs, cs

def lstm_backward(dhs, xs, h0, c0, W, U, b):
    T, N, D = xs.shape
    H = h0.shape[1]
    hs, cs = lstm_forward(xs, h0, c0, W, U, b)
    dxs = np.zeros(xs.shape)
    dW = np.zeros(W.shape)
    dU = np.zeros(U.shape)
    db = np.zeros(b.shape)
    dh = np.zeros((N, H))
    dc = np.zeros((N, H))
    for t in range(T-1, -1, -1):
        hp = h0 if t == 0 else hs[t-1]
        cp = c0 if t == 0 else cs[t-1]
        i, f, g, o = lstm_gates(xs[t], hp, W, U, b)
        dh = dh + dhs[t]
        do = dh * np.tanh(cs[t])
        dc = dc + dh * o * (1.0 - np.tanh(cs[t])**2)
        per_gate = [dc*g*i*(1.0-i), dc*cp*f*(1.0-f), dc*i*(1.0-g**2), do*o*(1.0-o)]
        dh = np.zeros((N, H))
        for k, dz in enumerate(per_gate):
            cols = slice(k*H, (k+1)*H)
            dxs[t] += np.dot(dz, W[:, cols].T)
            dh += np.dot(dz, U[:, cols].T)
            dW[:, cols] += np.dot(xs[t].T, dz)
            dU[:, cols] += np.dot(hp.T, dz)
            db[cols] += np.sum(dz, axis=0)
        dc = dc * f
    return dxs, dh, dc, dW, dU, db
