// data: N = 3; T = 6; choice = ints(1, 2, N, T); outcome = uniform(-1, 1, N, T); Tsubj = [6, 5, 6]
data {
  int<lower=1> N;
  int<lower=1> T;
  array[N] int<lower=1, upper=T> Tsubj;
  array[N, T] int<lower=-1, upper=2> choice;
  array[N, T] real outcome;
}
transformed data {
  vector[2] initV;
  initV = rep_vector(0.0, 2);
}
parameters {
  vector[2] mu_pr;
  vector<lower=0>[2] sigma;
  vector[N] A_pr;
  vector[N] tau_pr;
}
transformed parameters {
  vector<lower=0, upper=1>[N] A;
  vector<lower=0, upper=5>[N] tau;
  for (i in 1:N) {
    A[i] = Phi_approx(mu_pr[1] + sigma[1] * A_pr[i]);
    tau[i] = Phi_approx(mu_pr[2] + sigma[2] * tau_pr[i]) * 5;
  }
}
model {
  mu_pr ~ normal(0, 1);
  sigma ~ normal(0, 0.2);
  A_pr ~ normal(0, 1);
  tau_pr ~ normal(0, 1);
  for (i in 1:N) {
    vector[2] ev;
    real PE;
    ev = initV;
    for (t in 1:(Tsubj[i])) {
      choice[i, t] ~ categorical_logit(tau[i] * ev);
      PE = outcome[i, t] - ev[choice[i, t]];
      ev[choice[i, t]] += A[i] * PE;
    }
  }
}
generated quantities {
  real<lower=0, upper=1> mu_A;
  array[N] real log_lik;
  array[N, T] real y_pred;
  for (i in 1:N) for (t in 1:T) y_pred[i, t] = -1;
  mu_A = Phi_approx(mu_pr[1]);
  {
    for (i in 1:N) {
      vector[2] ev = initV;
      log_lik[i] = 0;
      for (t in 1:Tsubj[i]) {
        log_lik[i] += categorical_logit_lpmf(choice[i, t] | tau[i] * ev);
        y_pred[i, t] = categorical_rng(softmax(tau[i] * ev));
        ev[choice[i, t]] += A[i] * (outcome[i, t] - ev[choice[i, t]]);
      }
    }
  }
}
