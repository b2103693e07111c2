// data: N = 9; nthres = 3; Y = ints(1, 4, N); x = normal(N)
functions {
  real sratio_logit_lpmf(int y, real mu, real disc, vector thres) {
    int nthres = num_elements(thres);
    vector[nthres + 1] p;
    vector[nthres] q;
    int k = 1;
    while (k <= min(y, nthres)) {
      q[k] = log1m_inv_logit(disc * (thres[k] - mu));
      p[k] = log1m_exp(q[k]);
      for (kk in 1:(k - 1)) p[k] = p[k] + q[kk];
      k += 1;
    }
    if (y == nthres + 1) {
      p[nthres + 1] = sum(q);
    }
    return p[y];
  }
  real acat_logit_lpmf(int y, real mu, real disc, vector thres) {
    int nthres = num_elements(thres);
    vector[nthres + 1] p = append_row(0, cumulative_sum(disc * (mu - thres)));
    return p[y] - log_sum_exp(p);
  }
}
data {
  int N;
  array[N] int Y;
  int nthres;
  vector[N] x;
}
parameters {
  real b;
  vector[nthres] Intercept;
  vector[nthres] other;
}
model {
  for (n in 1:N) {
    target += sratio_logit_lpmf(Y[n] | b * x[n], 1, Intercept);
    target += acat_logit_lpmf(Y[n] | b * x[n], 1.5, other);
  }
  Intercept ~ normal(0, 2);
  other ~ normal(0, 2);
}
