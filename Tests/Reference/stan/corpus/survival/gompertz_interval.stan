// bound: 1e-8
// data: N = 9; l = uniform(0.1, 1, N); u = uniform(1.1, 3, N); status = [0, 1, 2] * 3
functions {
  vector log_surv(vector t, real a, real b) {
    return -a / b * expm1(b * t);
  }
}
data {
  int N;
  vector[N] l;
  vector[N] u;
  array[N] int<lower=0, upper=2> status;
}
parameters {
  real<lower=0> a;
  real<lower=0> b;
}
model {
  vector[N] sl = log_surv(l, a, b);
  vector[N] su = log_surv(u, a, b);
  for (n in 1:N) {
    if (status[n] == 0) target += sl[n];
    else if (status[n] == 1) target += log(a) + b * l[n] + sl[n];
    else target += log_diff_exp(sl[n], su[n]);
  }
  [a, b] ~ gamma(2, 2);
}
