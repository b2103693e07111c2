// data: N = 12; K = 4; X = normal(N, K); y = normal(N)
data {
  int N;
  int K;
  matrix[N, K] X;
  vector[N] y;
}
parameters {
  real<offset=mean(y), multiplier=sd(y)> alpha;
  vector<multiplier=0.5>[K] beta;
  real<lower=0> lambda;
  real<lower=0, upper=10> sigma;
}
model {
  lambda ~ exponential(1);
  beta ~ double_exponential(0, sigma / lambda);
  y ~ normal_id_glm(X, alpha, beta, sigma);
}
