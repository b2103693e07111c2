// data: T = 8; choice = ints(1, 4, T); reward = normal(T)
data {
  int T;
  array[T] int choice;
  vector[T] reward;
}
parameters {
  real<lower=0> beta, phi;
  real<lower=0, upper=1> lambda;
  real theta;
}
model {
  vector[4] mu = rep_vector(0, 4);
  vector[4] sig = rep_vector(4.0, 4);
  for (t in 1:T) {
    real kg;
    choice[t] ~ categorical_logit(beta * (mu + phi * sig));
    kg = square(sig[choice[t]]) / (square(sig[choice[t]]) + 16);
    mu[choice[t]] += kg * (reward[t] - mu[choice[t]]);
    sig[choice[t]] *= sqrt(1 - kg);
    mu *= lambda;
    mu += (1 - lambda) * theta;
    for (a in 1:4) sig[a] = sqrt(lambda ^ 2 * sig[a] ^ 2 + 7.84);
  }
  beta ~ gamma(2, 2); phi ~ gamma(2, 2); theta ~ normal(0, 5);
}
