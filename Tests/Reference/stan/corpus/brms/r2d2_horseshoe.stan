// data: N = 10; K = 3; Kscales = 3; X = normal(N, K); Y = normal(N); R2D2_mean_R2 = 0.5; R2D2_prec_R2 = 2; R2D2_cons_D2 = [0.5, 0.5, 0.5]; hs_df = 1; hs_df_global = 1; hs_df_slab = 4; hs_scale_global = 1; hs_scale_slab = 2
functions {
  vector scales_R2D2(vector phi, real tau2) {
    return sqrt(phi * tau2);
  }
  vector scales_horseshoe(vector lambda, real tau, real c2) {
    int K = rows(lambda);
    vector[K] lambda2 = square(lambda);
    vector[K] lambda_tilde = sqrt(c2 * lambda2 ./ (c2 + tau^2 * lambda2));
    return lambda_tilde * tau;
  }
}
data {
  int N, K, Kscales;
  matrix[N, K] X;
  vector[N] Y;
  real<lower=0> R2D2_mean_R2;
  real<lower=0> R2D2_prec_R2;
  vector<lower=0>[Kscales] R2D2_cons_D2;
  real<lower=0> hs_df, hs_df_global, hs_df_slab, hs_scale_global, hs_scale_slab;
}
parameters {
  vector[K] zb;
  real<lower=0,upper=1> R2D2_R2;
  simplex[Kscales] R2D2_phi;
  real<lower=0> sigma;
  vector[K] zc;
  real<lower=0> hs_global;
  real<lower=0> hs_slab;
  vector<lower=0>[Kscales] hs_local;
}
transformed parameters {
  vector[K] b;
  vector[K] c;
  vector<lower=0>[K] sdb;
  real R2D2_tau2;
  vector<lower=0>[Kscales] scales;
  real lprior = 0;
  R2D2_tau2 = sigma^2 * R2D2_R2 / (1 - R2D2_R2);
  scales = scales_R2D2(R2D2_phi, R2D2_tau2);
  sdb = scales[(1):(K)];
  b = zb .* sdb;
  c = zc .* scales_horseshoe(hs_local, hs_global, hs_scale_slab^2 * hs_slab);
  lprior += student_t_lpdf(hs_global | hs_df_global, 0, hs_scale_global * sigma)
    - 1 * log(0.5);
  lprior += inv_gamma_lpdf(hs_slab | 0.5 * hs_df_slab, 0.5 * hs_df_slab);
  lprior += beta_lpdf(R2D2_R2 | R2D2_mean_R2 * R2D2_prec_R2, (1 - R2D2_mean_R2) * R2D2_prec_R2);
}
model {
  target += normal_id_glm_lpdf(Y | X, 0.0, b + c, sigma);
  target += lprior;
  target += std_normal_lpdf(zb);
  target += std_normal_lpdf(zc);
  target += student_t_lpdf(hs_local | hs_df, 0, 1) - rows(hs_local) * log(0.5);
  target += dirichlet_lpdf(R2D2_phi | R2D2_cons_D2);
}
