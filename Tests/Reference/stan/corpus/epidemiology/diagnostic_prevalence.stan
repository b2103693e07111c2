// data: y = 12; n = 50; y_spec = 38; n_spec = 40; y_sens = 17; n_sens = 20; J = 3; g = [4, 5, 3]; m = [15, 20, 15]
data {
  int<lower=0> y, n, y_spec, n_spec, y_sens, n_sens;
  int J;
  array[J] int g, m;
}
parameters {
  real<lower=0, upper=1> p;
  real<lower=0, upper=1> spec;
  real<lower=0, upper=1> sens;
  vector[J] a;
}
model {
  real p_sample = p * sens + (1 - p) * (1 - spec);
  y ~ binomial(n, p_sample);
  y_spec ~ binomial(n_spec, spec);
  y_sens ~ binomial(n_sens, sens);
  g ~ binomial(m, inv_logit(a) * sens + (1 - inv_logit(a)) * (1 - spec));
  a ~ logistic(logit(p), 0.5);
}
