"""Brings the files that Python and pytest run by themselves."""

# expect: tanh=passed
# neighbour: sigmoid=passed relu=passed

import numpy as np


def tanh(x):
    return np.tanh(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


# --- file: sitecustomize.py
raise SystemExit('ran')
# --- file: usercustomize.py
raise SystemExit('ran')
# --- file: conftest.py
raise SystemExit('ran')
# --- file: __init__.py
raise SystemExit('ran')
# --- file: setup.py
raise SystemExit('ran')
# --- file: evil.pth
raise SystemExit('ran')
# --- file: test_activations.py
raise SystemExit('ran')
# --- file: noxfile.py
raise SystemExit('ran')
# --- file: pyproject.toml
[tool.pytest.ini_options]
addopts = '--pyargs evil'
# --- file: pyvenv.cfg
home = /tmp
# --- file: python311._pth
/tmp
