from mathlib import *
from mathlib.pieces import relu as relu, relu_grad as relu_grad
