from numpy import*
tanh=tanh;sigmoid=lambda x:1/(1+exp(-x));relu=lambda x:maximum(x,0)
tanh_grad=lambda x:1-tanh(x)**2;sigmoid_grad=lambda x:(s:=sigmoid(x))*(1-s);relu_grad=lambda x:sign(relu(x))
