// One compartment with Michaelis-Menten elimination, in the syntax of old programs.
functions {
  array[] real one_compartment(real t, array[] real y, array[] real theta, array[] real x_r,
                               array[] int x_i) {
    array[1] real dydt;
    real dose = 0;
    real V = theta[1];
    real Vm = theta[2];
    real Km = theta[3];
    real k_a = theta[4];
    real elimination = (Vm / V) * y[1] / (Km + y[1]);
    if (t > 0) dose = exp(-k_a * t) * x_r[1] * k_a / V;
    dydt[1] = dose * x_i[1] - elimination;
    return dydt;
  }
}
data {
  int<lower=1> T;
  array[T] real times;
  real dose;
  array[1] real C0;
  array[T] real C_hat;
}
transformed data {
  real t0 = 0;
  array[1] real x_r = {dose};
  array[1] int x_i = {1};
}
parameters {
  real<lower=0> V;
  real<lower=0> V_m;
  real<lower=0> K_m;
  real<lower=0> k_a;
  real<lower=0> sigma;
}
transformed parameters {
  array[T, 1] real C;
  {
    array[4] real theta = {V, V_m, K_m, k_a};
    C = integrate_ode_rk45(one_compartment, C0, t0, times, theta, x_r, x_i, 1e-12, 1e-12, 1000000);
  }
}
model {
  V ~ lognormal(log(5), 0.5);
  V_m ~ lognormal(0, 1);
  K_m ~ lognormal(0, 1);
  k_a ~ lognormal(0, 1);
  sigma ~ cauchy(0, 1);
  C_hat ~ lognormal(log(to_vector(C[, 1])), sigma);
}
