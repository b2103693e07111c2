// A damped oscillator measured with noise, by the four families of methods, with the
// initial time and the times depending on parameters.
functions {
  vector sho(real t, vector y, real theta, real omega) {
    return [y[2], -square(omega) * y[1] - theta * y[2] + 0.1 * sin(t)]';
  }
  array[] real sho_old(real t, array[] real y, array[] real theta, array[] real x_r,
                       array[] int x_i) {
    return {y[2], -y[1] - theta[1] * y[2]};
  }
}
data {
  int<lower=1> T;
  array[T] real ts;
  array[T] vector[2] y;
}
transformed data {
  array[0] real x_r;
  array[0] int x_i;
  array[T, 2] real known = integrate_ode_rk45(sho_old, {1.0, 0.5}, 0, ts, {0.1}, x_r, x_i, 1e-12, 1e-12, 100000);
}
parameters {
  vector[2] y0;
  vector<lower=0>[2] sigma;
  real<lower=0> theta;
  real<lower=0> omega;
  real<lower=0> delay;
}
model {
  array[T] real shifted;
  for (t in 1:T) shifted[t] = ts[t] + 0.1 * delay;
  array[T] vector[2] a = ode_rk45_tol(sho, y0, -delay, ts, 1e-12, 1e-12, 1000000, theta, omega);
  array[T] vector[2] b = ode_adams_tol(sho, y0, 0, shifted, 1e-12, 1e-12, 1000000, theta, omega);
  array[T] vector[2] c = ode_ckrk_tol(sho, y0, -0.2 * delay, shifted, 1e-12, 1e-12, 1000000, theta, omega);
  array[T] vector[2] d = ode_bdf_tol(sho, y0, 0, ts, 1e-12, 1e-12, 1000000, theta, omega);
  array[T, 2] real e = integrate_ode_adams(sho_old, to_array_1d(y0), 0, ts, {theta}, x_r, x_i, 1e-12, 1e-12, 1000000);
  array[T, 2] real f = integrate_ode_bdf(sho_old, {1, y0[1]}, 0, ts, {theta}, x_r, x_i, 1e-12, 1e-12, 1000000);
  y0 ~ std_normal();
  sigma ~ lognormal(-1, 1);
  theta ~ std_normal();
  omega ~ lognormal(0, 0.3);
  delay ~ exponential(1);
  for (t in 1:T) {
    y[t] ~ normal(a[t], sigma);
    y[t] ~ normal(b[t], sigma);
    y[t] ~ normal(c[t], sigma);
    y[t] ~ normal(d[t], sigma);
    y[t] ~ normal(to_vector(e[t]), sigma);
    y[t] ~ normal(to_vector(f[t]), sigma);
    y[t] ~ normal(to_vector(known[t]), sigma);
  }
}
