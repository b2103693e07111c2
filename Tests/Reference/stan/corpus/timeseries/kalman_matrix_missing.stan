// data: T = 9; y = walk(T); seen = [1, 1, 0, 1, 1, 0, 0, 1, 1]
data {
  int T;
  vector[T] y;
  array[T] int<lower=0, upper=1> seen;
}
transformed data {
  matrix[2, 2] F = [[1, 1], [0, 1]];
  row_vector[2] H = [1, 0];
}
parameters {
  vector<lower=0>[2] q;
  real<lower=0> r;
}
model {
  vector[2] m = [y[1], 0]';
  matrix[2, 2] P = diag_matrix(rep_vector(10.0, 2));
  for (t in 1:T) {
    m = F * m;
    P = quad_form_sym(P, F') + diag_matrix(q);
    if (!seen[t]) continue;
    {
      real S = H * P * H' + r;
      vector[2] K = (P * H') / S;
      real e = y[t] - H * m;
      target += -0.5 * (log(S) + square(e) / S);
      m += K * e;
      P -= K * H * P;
    }
  }
  q ~ normal(0, 1);
  r ~ normal(0, 1);
}
