// data: T = 16; m = 4; y = positive(T)
data {
  int T; int m;
  vector<lower=0>[T] y;
}
parameters {
  real<lower=0,upper=1> a; real<lower=0,upper=a> b; real<lower=0,upper=1-a> g;
  real l0; real b0; sum_to_zero_vector[m] s0;
  real<lower=0> sigma;
}
transformed parameters {
  vector[T] yhat;
  {
    real l = l0; real bb = b0; array[T + m] real s;
    s[1:m] = to_array_1d(s0);
    for (t in 1:T) {
      real e;
      yhat[t] = l + bb + s[t];
      e = y[t] - yhat[t];
      l = l + bb + a * e;
      bb += b * e;
      s[t + m] = s[t] + g * e;
    }
  }
}
model {
  l0 ~ normal(1, 1); b0 ~ normal(0, 0.3); s0 ~ normal(0, 0.5);
  y ~ normal(yhat, sigma);
  sigma ~ exponential(1);
}
