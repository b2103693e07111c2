// data: N = 10; D = 3; X = normal(N, D); y = normal(N); scale_icept = 2.0; scale_global = 0.5; nu_global = 1; nu_local = 1; slab_scale = 2.0; slab_df = 4
data {
  int<lower=1> N;
  int<lower=1> D;
  matrix[N, D] X;
  vector[N] y;
  real<lower=0> scale_icept;
  real<lower=0> scale_global;
  real<lower=1> nu_global;
  real<lower=1> nu_local;
  real<lower=0> slab_scale;
  real<lower=0> slab_df;
}
parameters {
  real logsigma;
  real beta0;
  vector[D] z;
  real<lower=0> aux1_global, aux2_global;
  vector<lower=0>[D] aux1_local, aux2_local;
  real<lower=0> caux;
}
transformed parameters {
  real<lower=0> sigma = exp(logsigma);
  real<lower=0> tau = aux1_global * sqrt(aux2_global) * scale_global * sigma;
  vector<lower=0>[D] lambda = aux1_local .* sqrt(aux2_local);
  real<lower=0> c = slab_scale * sqrt(caux);
  vector<lower=0>[D] lambda_tilde = sqrt(c ^ 2 * square(lambda) ./ (c ^ 2 + tau ^ 2 * square(lambda)));
  vector[D] beta = z .* lambda_tilde * tau;
}
model {
  z ~ normal(0, 1);
  aux1_local ~ normal(0, 1);
  aux2_local ~ inv_gamma(0.5 * nu_local, 0.5 * nu_local);
  aux1_global ~ normal(0, 1);
  aux2_global ~ inv_gamma(0.5 * nu_global, 0.5 * nu_global);
  caux ~ inv_gamma(0.5 * slab_df, 0.5 * slab_df);
  beta0 ~ normal(0, scale_icept);
  y ~ normal(X * beta + beta0, sigma);
}
