// bound: 1e-6
// data: T = 4; ts = [0.5, 1, 2, 3]; y = normal(T, 2); t0 = 0.0
functions {
  array[] real decay(real t, array[] real y, array[] real theta, array[] real x_r, array[] int x_i) {
    array[2] real d;
    d[1] = -theta[1] * y[1];
    d[2] = theta[1] * y[1] - theta[2] * y[2];
    return d;
  }
}
data {
  int T;
  array[T] real ts;
  array[T, 2] real y;
  real t0;
}
transformed data {
  array[0] real x_r;
  array[0] int x_i;
}
parameters {
  array[2] real<lower=0> theta;
  array[2] real y0;
  real<lower=0> sigma;
}
model {
  array[T, 2] real yh;
  yh = integrate_ode_rk45(decay, y0, t0, ts, theta, x_r, x_i, 1e-10, 1e-10, 100000);
  for (t in 1:T) {
    for (j in 1:2)
      y[t, j] ~ normal(yh[t, j], sigma);
  }
  theta ~ lognormal(0, 1);
  sigma ~ cauchy(0, 2);
  y0 ~ normal(0, 1);
}
