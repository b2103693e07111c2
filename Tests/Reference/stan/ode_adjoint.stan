// A chain of decays with many parameters, by the adjoint method's signature.
functions {
  vector chain(real t, vector y, vector rate, matrix mix, array[] real input, real on) {
    int n = num_elements(y);
    vector[n] flow = rate .* y;
    vector[n] change = mix * flow - 2 * flow;
    change[1] += input[1] * exp(-input[2] * t) * on;
    return change;
  }
}
data {
  int T;
  array[T] real ts;
  array[T] vector[3] y;
}
parameters {
  vector<lower=0>[3] rate;
  matrix<lower=0, upper=0.5>[3, 3] mix;
  array[2] real<lower=0> input;
  vector<lower=0>[3] y0;
  real<lower=0> sigma;
}
model {
  array[T] vector[3] z = ode_adjoint_tol_ctl(chain, y0, 0.0, ts, 1e-11, rep_vector(1e-12, 3), 1e-11,
    rep_vector(1e-12, 3), 1e-11, 1e-12, 1000000, 150, 1, 1, 1, rate, mix, input, 1.0);
  rate ~ lognormal(0, 0.5);
  to_vector(mix) ~ beta(2, 2);
  input ~ lognormal(0, 0.5);
  y0 ~ lognormal(0, 0.5);
  sigma ~ exponential(1);
  for (t in 1:T) y[t] ~ normal(z[t], sigma);
}
