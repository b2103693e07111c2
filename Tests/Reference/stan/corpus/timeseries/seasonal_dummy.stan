// data: n = 14; s = 4; y = walk(n)
data {
  int n;
  int<lower=2> s;
  vector[n] y;
}
parameters {
  real mu;
  vector[n] seasonal;
  vector<lower=0>[2] sigma;
}
model {
  for(t in s:n)
    seasonal[t] ~ normal(-sum(seasonal[t-(s-1):t-1]), sigma[1]);
  for(t in 1:(s-1)) seasonal[t] ~ normal(0, 1);
  y ~ normal(mu + seasonal, sigma[2]);
  sigma ~ student_t(4, 0, 1);
}
