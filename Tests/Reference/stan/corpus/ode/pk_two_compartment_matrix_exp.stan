// data: T = 6; time = [0.5, 1, 2, 3, 5, 8]; conc = positive(T); dose = 10.0
data {
  int T;
  array[T] real time;
  vector<lower=0>[T] conc;
  real dose;
}
parameters {
  real<lower=0> CL, Q, V1, V2, ka;
  real<lower=0> sigma;
}
transformed parameters {
  vector<lower=0>[T] c_hat;
  {
    matrix[3, 3] K = rep_matrix(0, 3, 3);
    real k10 = CL / V1;
    real k12 = Q / V1;
    real k21 = Q / V2;
    K[1, 1] = -ka;
    K[2, 1] = ka;
    K[2, 2] = -(k10 + k12);
    K[2, 3] = k21;
    K[3, 2] = k12;
    K[3, 3] = -k21;
    for (t in 1:T) {
      vector[3] amount = matrix_exp(time[t] * K) * [dose, 0, 0]';
      c_hat[t] = amount[2] / V1;
    }
  }
}
model {
  CL ~ lognormal(log(2), 0.25);
  Q ~ lognormal(log(2), 0.5);
  V1 ~ lognormal(log(5), 0.25);
  V2 ~ lognormal(log(5), 0.5);
  ka ~ lognormal(log(1.5), 1);
  sigma ~ cauchy(0, 1);
  log(conc) ~ normal(log(c_hat), sigma);
}
