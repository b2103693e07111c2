// An epidemic with a change of contacts: new cases by day, counted with noise.
functions {
  vector sir(real t, vector y, real beta, real gamma, real change, int N, real day) {
    real b = t < day ? beta : beta * change;
    real infection = b * y[1] * y[2] / N;
    real recovery = gamma * y[2];
    return [-infection, infection - recovery, recovery]';
  }
}
data {
  int<lower=1> n_days;
  vector[3] y0;
  real t0;
  array[n_days] real ts;
  int N;
  array[n_days] int cases;
  array[n_days] int deaths;
}
parameters {
  real<lower=0> gamma;
  real<lower=0> beta;
  real<lower=0, upper=1> change;
  real<lower=0> phi_inv;
}
transformed parameters {
  array[n_days] vector[3] y = ode_bdf_tol(sir, y0, t0, ts, 1e-12, 1e-12, 1000000,
                                          beta, gamma, change, N, 20.0);
  real phi = 1. / phi_inv;
}
model {
  beta ~ normal(2, 1);
  gamma ~ normal(0.4, 0.5);
  phi_inv ~ exponential(5);
  change ~ beta(2, 2);
  cases ~ neg_binomial_2(to_vector(y[, 2]) + 1e-3, phi);
  for (i in 1:n_days) deaths[i] ~ poisson(0.01 * y[i, 3] + 1);
}
generated quantities {
  real R0 = beta / gamma;
}
