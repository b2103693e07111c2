// data: nind = 4; nyear = 4; y = [[1, 0, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1], [1, 0, 0, 1]]; f = [1, 1, 2, 1]; l = [3, 2, 4, 4]
data {
  int nind, nyear;
  array[nind, nyear] int y;
  array[nind] int f;
  array[nind] int l;
}
transformed data {
  int n_occ_minus_1 = nyear - 1;
}
parameters {
  real<lower=0, upper=1> mean_phi, mean_p;
  vector[n_occ_minus_1] epsilon;
  real<lower=0, upper=10> sigma;
}
transformed parameters {
  matrix<lower=0, upper=1>[nind, n_occ_minus_1] phi;
  matrix<lower=0, upper=1>[nind, n_occ_minus_1] p;
  matrix<lower=0, upper=1>[nind, nyear] chi;
  real mu = logit(mean_phi);
  for (i in 1:nind) {
    for (t in 1:(f[i] - 1)) {
      phi[i, t] = 0;
      p[i, t] = 0;
    }
    for (t in f[i]:n_occ_minus_1) {
      phi[i, t] = inv_logit(mu + epsilon[t]);
      p[i, t] = mean_p;
    }
  }
  for (i in 1:nind) {
    chi[i, nyear] = 1;
    for (t in 1:n_occ_minus_1) {
      int t_curr = nyear - t;
      int t_next = t_curr + 1;
      chi[i, t_curr] = 1 - phi[i, t_curr] * (1 - (1 - p[i, t_next - 1]) * chi[i, t_next]);
    }
  }
}
model {
  epsilon ~ normal(0, sigma);
  for (i in 1:nind) {
    for (t in (f[i] + 1):l[i]) {
      target += log(phi[i, t - 1]);
      target += y[i, t] == 1 ? log(p[i, t - 1]) : log1m(p[i, t - 1]);
    }
    target += log(chi[i, l[i]]);
  }
}
