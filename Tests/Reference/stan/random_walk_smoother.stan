data {
  int<lower=3> T;
  vector[T] y;
  array[T] int<lower=0, upper=1> observed;
}
parameters {
  vector[T] level;
  real<lower=0> sigma_level;
  real<lower=0> sigma;
}
model {
  level[1] ~ normal(0, 10);
  level[2:T] ~ normal(level[1:(T - 1)], sigma_level);
  for (t in 1:T) {
    if (observed[t]) y[t] ~ normal(level[t], sigma);
  }
  sigma_level ~ normal(0, 1);
  sigma ~ normal(0, 1);
}
