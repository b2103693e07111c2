// data: N = 10; t = 1; p = [2]; l = [3]; q = 6; len_theta_L = 3; v = [0, 1, 2, 3, 4, 5] + [0, 1, 2, 3]; w = normal(20); vv = ints(0, 5, 20); u = list(range(0, 21, 2)); y = binary(N); shape = [1.0]; scale = [1.0]; regularization = [1.0]; delta = [1.0, 1]; g1 = 0
functions {
  vector make_theta_L(int len_theta_L, array[] int p, real dispersion, vector tau, vector scale, vector zeta, vector rho, vector z_T) {
    vector[len_theta_L] theta_L;
    int zeta_mark = 1;
    int rho_mark = 1;
    int z_T_mark = 1;
    int theta_L_mark = 1;
    for (i in 1:size(p)) {
      int nc = p[i];
      if (nc == 1) {
        theta_L[theta_L_mark] = tau[i] * scale[i] * dispersion;
        theta_L_mark += 1;
      } else {
        matrix[nc, nc] T_i;
        real std_dev;
        real T21;
        real trace_T_i = square(tau[i] * scale[i] * dispersion) * nc;
        vector[nc] pi = segment(zeta, zeta_mark, nc);
        pi /= sum(pi);
        zeta_mark += nc;
        std_dev = sqrt(pi[1] * trace_T_i);
        T_i[1, 1] = std_dev;
        std_dev = sqrt(pi[2] * trace_T_i);
        T21 = 2.0 * rho[rho_mark] - 1.0;
        rho_mark += 1;
        T_i[2, 2] = std_dev * sqrt(1.0 - square(T21));
        T_i[2, 1] = std_dev * T21;
        for (c in 1:nc) for (r in c:nc) {
          theta_L[theta_L_mark] = T_i[r, c];
          theta_L_mark += 1;
        }
      }
    }
    return theta_L;
  }
  vector make_b(vector z_b, vector theta_L, array[] int p, array[] int l) {
    vector[rows(z_b)] b;
    int b_mark = 1;
    int theta_L_mark = 1;
    for (i in 1:size(p)) {
      int nc = p[i];
      if (nc == 1) {
        real theta_L_start = theta_L[theta_L_mark];
        for (s in b_mark:(b_mark + l[i] - 1)) b[s] = theta_L_start * z_b[s];
        b_mark += l[i];
        theta_L_mark += 1;
      } else {
        matrix[nc, nc] T_i = rep_matrix(0, nc, nc);
        for (c in 1:nc) {
          T_i[c, c] = theta_L[theta_L_mark];
          theta_L_mark += 1;
          for (r in (c + 1):nc) {
            T_i[r, c] = theta_L[theta_L_mark];
            theta_L_mark += 1;
          }
        }
        for (j in 1:l[i]) {
          vector[nc] temp = T_i * segment(z_b, b_mark, nc);
          b_mark -= 1;
          for (s in 1:nc) b[b_mark + s] = temp[s];
          b_mark += nc + 1;
        }
      }
    }
    return b;
  }
  void decov_lp(vector z_b, vector z_T, vector rho, vector zeta, vector tau, array[] real regularization, array[] real delta, vector shape, int t, array[] int p) {
    int pos_reg = 1;
    int pos_rho = 1;
    target += normal_lpdf(z_b | 0, 1);
    target += normal_lpdf(z_T | 0, 1);
    for (i in 1:t) if (p[i] > 1) {
      vector[p[i] - 1] shape1;
      vector[p[i] - 1] shape2;
      real nu = regularization[pos_reg] + 0.5 * (p[i] - 2);
      pos_reg += 1;
      shape1[1] = nu;
      shape2[1] = nu;
      for (j in 2:(p[i] - 1)) {
        nu -= 0.5;
        shape1[j] = 0.5 * j;
        shape2[j] = nu;
      }
      target += beta_lpdf(rho[pos_rho:(pos_rho + p[i] - 2)] | shape1, shape2);
      pos_rho += p[i] - 1;
    }
    target += gamma_lpdf(zeta | delta, 1);
    target += gamma_lpdf(tau | shape, 1);
  }
}
data {
  int N, t, q, len_theta_L;
  array[t] int p;
  array[t] int l;
  vector[2 * N] w;
  array[2 * N] int vv;
  array[N + 1] int u;
  array[N] int y;
  vector[t] shape;
  vector[t] scale;
  array[1] real regularization;
  array[2] real delta;
}
transformed data {
  array[2 * N] int V;
  array[N + 1] int U;
  for (i in 1:2 * N) V[i] = vv[i] + 1;
  for (i in 1:N + 1) U[i] = u[i] + 1;
}
parameters {
  real alpha;
  vector[q] z_b;
  vector[0] z_T;
  vector<lower=0, upper=1>[1] rho;
  vector<lower=0>[2] zeta;
  vector<lower=0>[t] tau;
}
transformed parameters {
  vector[len_theta_L] theta_L = make_theta_L(len_theta_L, p, 1.0, tau, scale, zeta, rho, z_T);
  vector[q] b = make_b(z_b, theta_L, p, l);
}
model {
  vector[N] eta = alpha + csr_matrix_times_vector(N, q, w, V, U, b);
  target += bernoulli_logit_lpmf(y | eta);
  decov_lp(z_b, z_T, rho, zeta, tau, regularization, delta, shape, t, p);
  alpha ~ normal(0, 2.5);
}
