// bound: 1e-6
// data: T = 5; ts = [1, 2, 3, 4, 5]; cases = counts(4, T)
functions {
  vector seir(real t, vector y, vector theta, array[] int sizes) {
    real b = theta[1] * (1 + theta[3] * sin(2 * pi() * t / sizes[1]));
    return [-b * y[1] * y[3], b * y[1] * y[3] - theta[2] * y[2], theta[2] * y[2] - 0.3 * y[3], 0.3 * y[3]]';
  }
}
data {
  int T;
  array[T] real ts;
  array[T] int cases;
}
transformed data {
  array[1] int per = {7};
}
parameters {
  vector<lower=0>[2] th;
  real<lower=0, upper=1> season;
  simplex[4] init;
}
model {
  array[T] vector[4] y = ode_bdf_tol(seir, init, 0, ts, 1e-11, 1e-11, 1000000, append_row(th, season), per);
  for (t in 1:T) cases[t] ~ poisson(1 + 100 * y[t, 3]);
  th ~ lognormal(0, 1);
  init ~ dirichlet([4, 1, 1, 1]');
}
