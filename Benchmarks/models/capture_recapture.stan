// Cormack, Jolly and Seber: animals caught again, with chi for those not seen any more.
functions {
  int first_capture(array[] int y) {
    for (k in 1:size(y))
      if (y[k] == 1) return k;
    return 0;
  }
  int last_capture(array[] int y) {
    for (back in 0:(size(y) - 1)) {
      int k = size(y) - back;
      if (y[k] == 1) return k;
    }
    return 0;
  }
}
data {
  int<lower=2> T;
  int<lower=0> I;
  array[I, T] int<lower=0, upper=1> y;
}
transformed data {
  array[I] int<lower=0, upper=T> first;
  array[I] int<lower=0, upper=T> last;
  for (i in 1:I) {
    first[i] = first_capture(y[i]);
    last[i] = last_capture(y[i]);
  }
}
parameters {
  vector<lower=0, upper=1>[T - 1] phi;
  vector<lower=0, upper=1>[T] p;
}
transformed parameters {
  vector<lower=0, upper=1>[T] chi;
  chi[T] = 1;
  for (back in 1:(T - 1)) {
    int t = T - back;
    chi[t] = (1 - phi[t]) + phi[t] * (1 - p[t + 1]) * chi[t + 1];
  }
}
model {
  for (i in 1:I) {
    if (first[i] > 0) {
      for (t in (first[i] + 1):last[i]) {
        1 ~ bernoulli(phi[t - 1]);
        y[i, t] ~ bernoulli(p[t]);
      }
      1 ~ bernoulli(chi[last[i]]);
    }
  }
}
