// data: J = 3; N = 9; subj = [1, 1, 1, 2, 2, 2, 3, 3, 3]; t = [0.5, 2, 6] * 3; y = positive(N); dose = [5.0, 7, 6]
functions {
  real conc(real t, real dose, real ka, real ke, real V) {
    return dose * ka / (V * (ka - ke)) * (exp(-ke * t) - exp(-ka * t));
  }
}
data {
  int J, N;
  array[N] int subj;
  array[N] real t, y;
  array[J] real dose;
}
parameters {
  vector[3] log_pop;
  vector<lower=0>[3] omega;
  cholesky_factor_corr[3] L;
  array[J] vector[3] eta;
  real<lower=0> sigma;
}
model {
  array[J] vector[3] ind;
  for (j in 1:J) {
    ind[j] = exp(log_pop + diag_pre_multiply(omega, L) * eta[j]);
    eta[j] ~ std_normal();
  }
  for (n in 1:N)
    y[n] ~ lognormal(log(conc(t[n], dose[subj[n]], ind[subj[n], 1] + ind[subj[n]][2], ind[subj[n], 2], ind[subj[n], 3])), sigma);
  log_pop ~ normal([0, -1, 1]', 0.5);
  omega ~ normal(0, 0.5);
  L ~ lkj_corr_cholesky(2);
  sigma ~ normal(0, 0.5);
}
