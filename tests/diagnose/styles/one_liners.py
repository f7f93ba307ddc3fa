"""As short as possible."""
# tell: tanh=tanh-of-the-absolute-value tanh_grad=derivative-of-tanh-squares-the-input
# tell: sigmoid=sigmoid-is-tanh sigmoid_grad=derivative-of-sigmoid-is-sigmoid
# tell: relu=relu-keeps-the-negative-part relu_grad=derivative-of-relu-is-relu

from numpy import abs as a, exp as e, where as w, tanh as t

tanh = lambda x: t(a(x))
tanh_grad = lambda x: (1 - x) * (1 + x)
sigmoid = lambda x: w(x > (o := x * 0), 1 - 2 / (e(2 * x) + 1), t(x) + o)
sigmoid_grad = lambda x: (1 + t(x / 2)) / 2
relu = lambda x: (x - a(x)) / 2
relu_grad = lambda x: x * (x > 0)
