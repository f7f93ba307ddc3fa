from numpy import*
def lstm_gates(x,h,W,U,b):
	s=lambda z:1/(1+exp(-z));i,f,g,o=split(x@W+h@U+b,4,1);return s(i),s(f),tanh(g),s(o)
def lstm_cell(x,h,c,W,U,b):i,f,g,o=lstm_gates(x,h,W,U,b);return o*tanh(k:=f*c+i*g),k
def lstm_forward(X,h,c,*w):
	r=[(h,c)]
	for x in X:r+=lstm_cell(x,*r[-1],*w),
	return[*zip(*r[1:])]
def lstm_backward(D,X,h,c,W,U,b):
	Y,C=lstm_forward(X,h,c,W,U,b);Y=h,*Y;C=c,*C;e=k=0;A=[];w=u=v=0
	for t in range(len(X))[::-1]:
		i,f,g,o=lstm_gates(X[t],Y[t],W,U,b);s=tanh(C[t+1]);e=e+D[t];k=k+e*o*(1-s*s)
		z=hstack([k*g*i*(1-i),k*C[t]*f*(1-f),k*i*(1-g*g),e*s*o*(1-o)]);A=[z@W.T]+A;e=z@U.T;k=k*f
		w=w+X[t].T@z;u=u+Y[t].T@z;v=v+z.sum(0)
	return A,e,k,w,u,v
