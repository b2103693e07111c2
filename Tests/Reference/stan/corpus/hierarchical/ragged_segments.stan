// data: J = 3; s = [4, 2, 5]; N = 11; y = normal(N)
data {
  int J;
  int N;
  array[J] int s;
  vector[N] y;
}
parameters {
  vector[J] mu;
  vector<lower=0>[J] sigma;
}
model {
  int pos;
  pos = 1;
  for (k in 1:J) {
    segment(y, pos, s[k]) ~ normal(mu[k], sigma[k]);
    y[pos:pos + s[k] - 1] ~ student_t(4, mu[k], sigma[k]);
    pos = pos + s[k];
  }
  head(y, 3) ~ normal(mu[1], 2);
  tail(y, 3) ~ normal(mu[J], 2);
}
