from collections import namedtuple
from dataclasses import dataclass

import numpy as np

from activations import sigmoid, tanh

Gates = namedtuple("Gates", "i f g o")
State = namedtuple("State", "h c")
Sequence = namedtuple("Sequence", "hs cs")
Gradients = namedtuple("Gradients", "dxs dh0 dc0 dW dU db")


@dataclass
class Step:
    """What the backward pass needs to remember of one step."""

    x: np.ndarray
    before: State
    gates: Gates
    after: State


class Cell:
    def __init__(self, W, U, b):
        self.W = W
        self.U = U
        self.b = b

    def gates(self, x, h):
        blocks = np.split(x @ self.W + h @ self.U + self.b, 4, axis=1)
        return Gates(*(act(z) for act, z in zip([sigmoid, sigmoid, tanh, sigmoid], blocks)))

    def __call__(self, x, state):
        gates = self.gates(x, state.h)
        c = gates.f * state.c + gates.i * gates.g
        return Step(x, state, gates, State(gates.o * tanh(c), c))


class Network:
    def __init__(self, cell):
        self.cell = cell
        self.tape = []

    def forward(self, xs, state):
        for x in xs:
            self.tape.append(self.cell(x, state))
            state = self.tape[-1].after
        return Sequence(np.array([s.after.h for s in self.tape]), np.array([s.after.c for s in self.tape]))

    def backward(self, dhs):
        cell = self.cell
        dW, dU, db = np.zeros_like(cell.W), np.zeros_like(cell.U), np.zeros_like(cell.b)
        dxs = []
        dh = dc = np.zeros_like(dhs[0])
        for step, upstream in zip(reversed(self.tape), dhs[::-1]):
            i, f, g, o = step.gates
            tc = tanh(step.after.c)
            dh = dh + upstream
            dc = dc + dh * o * (1 - tc * tc)
            dz = np.hstack((dc * g * i * (1 - i), dc * step.before.c * f * (1 - f), dc * i * (1 - g * g), dh * tc * o * (1 - o)))
            dW += step.x.T @ dz
            dU += step.before.h.T @ dz
            db += dz.sum(axis=0)
            dxs.append(dz @ cell.W.T)
            dh, dc = dz @ cell.U.T, dc * f
        return Gradients(np.array(dxs[::-1]), dh, dc, dW, dU, db)


def lstm_gates(x, h_prev, W, U, b):
    return Cell(W, U, b).gates(x, h_prev)


def lstm_cell(x, h_prev, c_prev, W, U, b):
    return Cell(W, U, b)(x, State(h_prev, c_prev)).after


def lstm_forward(xs, h0, c0, W, U, b):
    return Network(Cell(W, U, b)).forward(xs, State(h0, c0))


def lstm_backward(dhs, xs, h0, c0, W, U, b):
    network = Network(Cell(W, U, b))
    network.forward(xs, State(h0, c0))
    return network.backward(dhs)
