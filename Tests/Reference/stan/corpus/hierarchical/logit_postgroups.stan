// data: N = 20; S = 3; E = 4; st = ints(1, S, N); ed = ints(1, E, N); fem = uniform(-0.5, 0.5, N); y = binary(N)
data {
  int N, S, E;
  array[N] int<lower=1, upper=S> st;
  array[N] int<lower=1, upper=E> ed;
  vector[N] fem;
  array[N] int<lower=0, upper=1> y;
}
parameters {
  real alpha;
  real beta_f;
  vector[S] a_s_raw;
  vector[E] a_e_raw;
  real<lower=0> s_s, s_e;
}
transformed parameters {
  vector[S] a_s = a_s_raw * s_s;
  vector[E] a_e = a_e_raw * s_e;
}
model {
  y ~ bernoulli_logit(alpha + a_s[st] + a_e[ed] + beta_f * fem);
  a_s_raw ~ std_normal(); a_e_raw ~ std_normal();
  s_s ~ normal(0, 1); s_e ~ normal(0, 1);
  alpha ~ normal(0, 2); beta_f ~ normal(0, 1);
}
generated quantities {
  array[S, E] real cell;
  for (i in 1:S) for (j in 1:E) cell[i, j] = inv_logit(alpha + a_s[i] + a_e[j]);
}
