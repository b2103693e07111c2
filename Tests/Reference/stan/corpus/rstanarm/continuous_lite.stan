// data: N = 12; K = 2; X = [normal(N, K)]; y = normal(N); has_intercept = 1; prior_dist = 1; prior_mean = [0.0, 0.1]; prior_scale = [2.5, 1.5]; prior_df = [1.0, 7]; xbar = [0.1, -0.2]
functions {
  /*
   * Hierarchical shrinkage parameterization
   */
  vector hs_prior(vector z_beta, array[] real global, array[] vector local, real global_prior_scale, real error_scale, real c2) {
    int K = rows(z_beta);
    vector[K] lambda = local[1] .* sqrt(local[2]);
    real tau = global[1] * sqrt(global[2]) * global_prior_scale * error_scale;
    vector[K] lambda2 = square(lambda);
    vector[K] lambda_tilde = sqrt(c2 * lambda2 ./ (c2 + square(tau) * lambda2));
    return z_beta .* lambda_tilde * tau;
  }
  vector make_theta_L_like(int len_theta_L, real dispersion, vector tau) {
    vector[len_theta_L] theta_L;
    int zeta_mark = 1;
    for (i in 1:rows(tau)) {
      theta_L[zeta_mark] = tau[i] * dispersion;
      zeta_mark += 1;
    }
    return theta_L;
  }
  real mvn_lp(vector y, vector mu, real s) {
    target += normal_lpdf(y | mu, s);
    return 0;
  }
}
data {
  int<lower=0> N;
  int<lower=0> K;
  vector[K] xbar;
  array[1] matrix[N, K] X;
  int<lower=0, upper=1> has_intercept;
  vector[N] y;
  int<lower=0, upper=6> prior_dist;
  vector<lower=0>[K] prior_scale;
  vector[K] prior_mean;
  vector<lower=0>[K] prior_df;
}
transformed data {
  real sqrt_nm1 = sqrt(N - 1);
  int<lower=0> hs = prior_dist == 3 ? 2 : prior_dist == 4 ? 4 : 0;
  array[0] int empty;
}
parameters {
  array[has_intercept] real gamma;
  vector[prior_dist == 7 ? 0 : K] z_beta;
  array[hs] real<lower=0> global;
  array[hs] vector<lower=0>[K] local;
  array[hs > 0] real<lower=0> caux;
  array[prior_dist == 6] real<lower=0> one_over_lambda;
  real<lower=0> aux_unscaled;
}
transformed parameters {
  real aux = aux_unscaled * 2;
  vector[K] beta;
  if (prior_dist == 0) beta = z_beta;
  else if (prior_dist == 1) beta = z_beta .* prior_scale + prior_mean;
  else if (prior_dist == 2) for (k in 1:K) {
    beta[k] = z_beta[k] * prior_scale[k] + prior_df[k];
  }
  else if (prior_dist == 3) {
    real c2 = square(2.0) * caux[1];
    beta = hs_prior(z_beta, global, local, 1, aux, c2);
  }
}
model {
  vector[N] eta;
  real dummy;
  if (K > 0) {
    eta = X[1] * beta;
  } else eta = rep_vector(0.0, N);
  if (has_intercept == 1) eta += gamma[1];
  dummy = mvn_lp(y, eta, aux);
  if (prior_dist > 0) target += normal_lpdf(z_beta | 0, 1);
  if (has_intercept == 1) gamma[1] ~ normal(0, 10);
  target += exponential_lpdf(aux_unscaled | 1);
  target += sum(make_theta_L_like(2, aux, prior_scale)) * 0.01;
}
generated quantities {
  array[has_intercept] real alpha;
  real mean_PPD = 0;
  if (has_intercept == 1) alpha[1] = gamma[1] - dot_product(xbar, beta);
  {
    vector[N] eta = X[1] * beta + gamma[1];
    for (n in 1:N) mean_PPD += normal_rng(eta[n], aux);
    mean_PPD /= N;
  }
}
