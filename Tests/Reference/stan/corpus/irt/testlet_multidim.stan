// data: I = 4; J = 5; D = 2; y = binary(J, I); dim = [1, 1, 2, 2]
data {
  int I, J, D;
  array[J, I] int y;
  array[I] int<lower=1, upper=D> dim;
}
parameters {
  array[J] vector[D] theta;
  corr_matrix[D] R;
  vector[I] b;
  vector<lower=0>[I] a;
}
model {
  theta ~ multi_normal(rep_vector(0, D), R);
  R ~ lkj_corr(1.5);
  a ~ lognormal(0, 0.3);
  b ~ normal(0, 1.5);
  for (j in 1:J) y[j] ~ bernoulli_logit(a .* (theta[j][dim] - b));
}
