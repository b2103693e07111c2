// Strengths of teams from games that one of two wins, game by game.
data {
  int<lower=2> J;
  int<lower=0> N;
  array[N] int<lower=1, upper=J> home;
  array[N] int<lower=1, upper=J> away;
  array[N] int<lower=0, upper=1> won;
}
parameters {
  vector[J] z;
  real<lower=0> tau;
  real advantage;
}
transformed parameters {
  vector[J] strength = tau * z;
}
model {
  z ~ std_normal();
  tau ~ normal(0, 1);
  advantage ~ normal(0, 1);
  for (n in 1:N)
    won[n] ~ bernoulli(inv_logit(advantage + strength[home[n]] - strength[away[n]]));
}
