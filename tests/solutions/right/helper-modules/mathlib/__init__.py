from . import smooth
from .smooth import *

__all__ = smooth.__all__
