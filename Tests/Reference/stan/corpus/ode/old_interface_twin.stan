// bound: 1e-6
// data: T = 5; t0 = 0.0; ts = [0.5, 1, 1.5, 2, 3]; y = normal(T, 2)
functions {
  array[] real harmonic(real t, array[] real y, array[] real theta, array[] real x_r, array[] int x_i) {
    array[2] real dydt;
    dydt[1] = y[2];
    dydt[2] = -y[1] - theta[1] * y[2];
    return dydt;
  }
}
data {
  int<lower=1> T;
  real t0;
  array[T] real ts;
  array[T, 2] real y;
}
transformed data {
  array[0] real x_r;
  array[0] int x_i;
}
parameters {
  array[2] real y0;
  vector<lower=0>[2] sigma;
  array[1] real theta;
}
model {
  array[T, 2] real y_hat;
  sigma ~ normal(0, 2.5);
  theta ~ std_normal();
  y0 ~ std_normal();
  y_hat = integrate_ode_rk45(harmonic, y0, t0, ts, theta, x_r, x_i, 1e-10, 1e-10, 100000);
  for (t in 1:T) y[t] ~ normal(y_hat[t], sigma);
}
