// The terms that are dropped, for every choice of arguments that are parameters.
data {
  vector[3] yd;
  vector<lower=0>[3] pd;
  vector<lower=0, upper=1>[3] ud;
  array[3] int<lower=0> nd;
  array[3] int<lower=0, upper=1> kd;
  real md;
  real<lower=0> sd;
  real<lower=0> ad;
  real<lower=0> bd;
  real<lower=0, upper=1> qd;
}
parameters {
  vector[3] yp;
  vector<lower=0>[3] pp;
  vector<lower=0, upper=1>[3] up;
  real mp;
  real<lower=0> sp;
  real<lower=0> ap;
  real<lower=0> bp;
  real<lower=0, upper=1> qp;
}
model {
  target += bernoulli_lupmf(kd | qp);
  target += bernoulli_logit_lupmf(kd | mp);
  target += binomial_lupmf(nd | 20, qp);
  target += binomial_logit_lupmf(nd | 20, mp);
  target += beta_binomial_lupmf(nd | 20, ad, bp);
  target += beta_binomial_lupmf(nd | 20, ap, bd);
  target += beta_binomial_lupmf(nd | 20, ap, bp);
  target += poisson_lupmf(nd | ap);
  target += poisson_log_lupmf(nd | mp);
  target += neg_binomial_lupmf(nd | ad, bp);
  target += neg_binomial_lupmf(nd | ap, bd);
  target += neg_binomial_lupmf(nd | ap, bp);
  target += neg_binomial_2_lupmf(nd | ad, bp);
  target += neg_binomial_2_lupmf(nd | ap, bd);
  target += neg_binomial_2_lupmf(nd | ap, bp);
  target += neg_binomial_2_log_lupmf(nd | md, bp);
  target += neg_binomial_2_log_lupmf(nd | mp, bd);
  target += neg_binomial_2_log_lupmf(nd | mp, bp);
  target += beta_neg_binomial_lupmf(nd | ad, bd, sp);
  target += beta_neg_binomial_lupmf(nd | ad, bp, sd);
  target += beta_neg_binomial_lupmf(nd | ad, bp, sp);
  target += beta_neg_binomial_lupmf(nd | ap, bd, sd);
  target += beta_neg_binomial_lupmf(nd | ap, bd, sp);
  target += beta_neg_binomial_lupmf(nd | ap, bp, sd);
  target += beta_neg_binomial_lupmf(nd | ap, bp, sp);
}
