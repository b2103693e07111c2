// data: T = 8; W = 3; cases = counts(5, T); w = [0.5, 0.3, 0.2]
functions {
  real infectiousness(vector inf, vector w, int t) {
    int m = min(t - 1, num_elements(w));
    return dot_product(reverse(inf[(t - m):(t - 1)]), w[1:m]);
  }
}
data {
  int T, W;
  array[T] int cases;
  vector[W] w;
}
parameters {
  vector[T] log_R;
  real<lower=0> i0, tau;
  real<lower=0> phi;
}
transformed parameters {
  vector[T] inf;
  inf[1] = i0;
  for (t in 2:T) inf[t] = exp(log_R[t]) * infectiousness(inf, w, t);
}
model {
  log_R[1] ~ normal(0, 0.2);
  log_R[2:T] ~ normal(log_R[1:(T - 1)], tau);
  tau ~ normal(0, 0.2);
  i0 ~ exponential(0.2);
  phi ~ gamma(2, 1);
  cases ~ neg_binomial_2(inf + 0.1, phi);
}
