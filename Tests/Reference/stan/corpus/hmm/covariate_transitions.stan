// data: T = 10; y = binary(T); x = normal(T)
data {
  int<lower=2> T;
  array[T] int<lower=0, upper=1> y;
  array[T] real x;
}
parameters {
  vector[2] a;
  vector[2] b;
  positive_ordered[2] rate;
}
model {
  row_vector[2] fwd = log([0.5, 0.5]);
  matrix[2, 2] P;
  for (t in 1:T) {
    real p1 = inv_logit(a[1] + b[1] * x[t]), p2 = inv_logit(a[2] + b[2] * x[t]);
    P[1] = [1 - p1, p1];
    P[2, ] = [p2, 1 - p2];
    if (t > 1) fwd = log(exp(fwd) * P);
    for (k in 1:2) fwd[k] += bernoulli_lpmf(y[t] | 1 - exp(-rate[k]));
  }
  target += log_sum_exp(fwd);
  a ~ normal(0, 1); b ~ normal(0, 1); rate ~ exponential(1);
}
