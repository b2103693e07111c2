// data: K = 4; H = [8, 6, 9, 7]; FA = [3, 2, 4, 1]; S = [10] * K; Nn = [12] * K
data {
  int<lower=1> K;
  array[K] int<lower=0> H, FA;
  array[K] int<lower=0> S, Nn;
}
parameters {
  vector[K] d, c;
  real mud, muc;
  real<lower=0> lambdad, lambdac;
}
transformed parameters {
  array[K] real<lower=0, upper=1> thetah, thetaf;
  real<lower=0> sigmad = inv_sqrt(lambdad), sigmac = inv_sqrt(lambdac);
  for (i in 1:K) {
    thetah[i] = inv_logit(1.7 * (d[i] / 2 - c[i]));
    thetaf[i] = inv_logit(1.7 * (-d[i] / 2 - c[i]));
  }
}
model {
  mud ~ normal(0, inv_sqrt(.001));
  muc ~ normal(0, inv_sqrt(.001));
  lambdad ~ gamma(.001, .001);
  lambdac ~ gamma(.001, .001);
  c ~ normal(muc, sigmac);
  d ~ normal(mud, sigmad);
  H ~ binomial(S, thetah);
  FA ~ binomial(Nn, thetaf);
}
