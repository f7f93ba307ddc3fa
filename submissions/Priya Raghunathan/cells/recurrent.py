import numpy as np

from .pointwise import sigmoid, tanh


class LSTM:
    """One layer; weights are shared between the calls of one instance."""

    def __init__(self, W, U, b):
        self.W, self.U, self.b = W, U, b

    def gates(self, x, h):
        z = x @ self.W + h @ self.U + self.b
        i, f, g, o = np.split(z, 4, axis=1)
        return sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)

    def step(self, x, h, c):
        i, f, g, o = self.gates(x, h)
        c = f * c + i * g
        return o * tanh(c), c

    def run(self, xs, h, c):
        hs, cs = [], []
        for x in xs:
            h, c = self.step(x, h, c)
            hs.append(h)
            cs.append(c)
        return hs, cs

    def backward(self, dhs, xs, h0, c0):
        hs, cs = self.run(xs, h0, c0)
        previous = list(zip([h0, *hs], [c0, *cs]))
        dW, dU, db = np.zeros_like(self.W), np.zeros_like(self.U), np.zeros_like(self.b)
        dxs = np.zeros_like(xs)
        dh = np.zeros_like(h0)
        dc = np.zeros_like(c0)
        for t in range(len(xs) - 1, -1, -1):
            h_prev, c_prev = previous[t]
            i, f, g, o = self.gates(xs[t], h_prev)
            tc = tanh(cs[t])
            dh += dhs[t]
            dc += dh * o * (1 - tc**2)
            dz = np.concatenate(
                [dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dc * i * (1 - g**2), dh * tc * o * (1 - o)],
                axis=1,
            )
            dxs[t] = dz @ self.W.T
            dW += xs[t].T @ dz
            dU += h_prev.T @ dz
            db += dz.sum(axis=0)
            dh = dz @ self.U.T
            dc = dc * f
        return dxs, dh, dc, dW, dU, db
