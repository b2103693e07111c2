// data: T = 14; y = walk(T)
functions {
  real kalman(array[] real y, real a0, real p0, real q, real r) {
    real ll = 0;
    real a = a0;
    real p = p0;
    for (i in 1:size(y)) {
      real v; real f; real k;
      p += q;
      f = p + r;
      v = y[i] - a;
      k = p / f;
      a += k * v;
      p *= 1 - k;
      ll -= 0.5 * (log(2 * pi()) + log(f) + v ^ 2 / f);
    }
    return ll;
  }
}
data {
  int T;
  array[T] real y;
}
parameters {
  real<lower=0> q;
  real<lower=0> r;
  real a0;
}
model {
  target += kalman(y, a0, 1, q, r);
  q ~ exponential(1);
  r ~ exponential(1);
  a0 ~ normal(0, 2);
}
