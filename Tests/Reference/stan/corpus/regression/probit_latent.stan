// data: N = 16; x = normal(N); y = binary(N)
data {
  int<lower=1> N;
  vector[N] x;
  array[N] int<lower=0, upper=1> y;
}
transformed data {
  int<lower=0> N_pos;
  array[sum(y)] int<lower=1, upper=N> n_pos;
  int<lower=0> N_neg;
  array[N - size(n_pos)] int<lower=1, upper=N> n_neg;
  N_pos = size(n_pos);
  N_neg = size(n_neg);
  {
    int i;
    int j;
    i = 1;
    j = 1;
    for (n in 1:N) {
      if (y[n] == 1) {
        n_pos[i] = n;
        i += 1;
      } else {
        n_neg[j] = n;
        j += 1;
      }
    }
  }
}
parameters {
  real alpha;
  real beta;
  vector<lower=0>[N_pos] z_pos;
  vector<upper=0>[N_neg] z_neg;
}
transformed parameters {
  vector[N] z;
  for (i in 1:N_pos) z[n_pos[i]] = z_pos[i];
  for (j in 1:N_neg) z[n_neg[j]] = z_neg[j];
}
model {
  alpha ~ normal(0, 3);
  beta ~ normal(0, 3);
  z ~ normal(alpha + beta * x, 1);
}
