// data: I = 3; J = 4; N = 12; ii = [1, 2, 3] * 4; jj = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]; y = [0, 1, 2, 1, 0, 2, 2, 2, 1, 0, 1, 0]; m = [2, 2, 2]; pos = [1, 3, 5]
functions {
  real pcm(int y, real theta, vector beta) {
    vector[rows(beta) + 1] unsummed;
    vector[rows(beta) + 1] probs;
    unsummed = append_row(rep_vector(0.0, 1), theta - beta);
    probs = softmax(cumulative_sum(unsummed));
    return categorical_lpmf(y + 1 | probs);
  }
}
data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  array[N] int<lower=1, upper=I> ii;
  array[N] int<lower=1, upper=J> jj;
  array[N] int<lower=0> y;
  array[I] int m;
  array[I] int pos;
}
parameters {
  vector<lower=0>[I] alpha;
  vector[sum(m) - 1] beta_free;
  vector[J] theta;
}
transformed parameters {
  vector[sum(m)] beta;
  beta[1:(sum(m) - 1)] = beta_free;
  beta[sum(m)] = -1 * sum(beta_free);
}
model {
  alpha ~ lognormal(1, 1);
  target += normal_lpdf(beta | 0, 3);
  theta ~ normal(0, 1);
  for (n in 1:N)
    target += pcm(y[n], theta[jj[n]] .* alpha[ii[n]],
                  segment(beta, pos[ii[n]], m[ii[n]]));
}
