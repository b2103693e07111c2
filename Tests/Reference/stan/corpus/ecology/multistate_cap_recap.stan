// data: N = 3; T = 4; y = [[1, 2, 3, 1], [2, 3, 2, 2], [1, 1, 3, 3]]
data {
  int N, T;
  array[N, T] int<lower=1, upper=3> y;
}
parameters {
  vector<lower=0, upper=1>[2] phi;
  vector<lower=0, upper=1>[2] psi;
  vector<lower=0, upper=1>[2] p;
}
transformed parameters {
  array[3] simplex[3] ps;
  array[3] simplex[3] po;
  ps[1] = [phi[1] * (1 - psi[1]), phi[1] * psi[1], 1 - phi[1]]';
  ps[2, 1] = phi[2] * psi[2];
  ps[2, 2] = phi[2] * (1 - psi[2]);
  ps[2, 3] = 1 - phi[2];
  ps[3] = [0, 0, 1]';
  for (k in 1:2) {
    po[k] = rep_vector(0, 3);
    po[k][k] = p[k];
    po[k, 3] = 1 - p[k];
  }
  po[3] = to_vector({0, 0, 1});
}
model {
  for (i in 1:N) {
    array[3] real acc;
    array[T] vector[3] gam;
    for (k in 1:3) gam[1, k] = k == y[i, 1];
    for (t in 2:T) {
      for (k in 1:3) {
        for (j in 1:3) acc[j] = gam[t - 1, j] * ps[j, k] * po[k, y[i, t]];
        gam[t, k] = sum(acc);
      }
    }
    target += log(sum(gam[T]));
  }
}
