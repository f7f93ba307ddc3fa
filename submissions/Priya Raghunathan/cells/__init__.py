from .recurrent import LSTM

__all__ = ["LSTM"]
