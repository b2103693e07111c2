// data: N = 18; S = 2; C = 5; school = [1, 1, 2, 2, 2]; cls = ints(1, C, N); y = normal(N)
data {
  int N; int S; int C;
  array[C] int school;
  array[N] int cls;
  vector[N] y;
}
parameters {
  real mu;
  vector[S] z_s;
  vector[C] z_c;
  vector<lower=0>[3] sd_;
}
model {
  vector[S] s_eff = mu + sd_[1] * z_s;
  vector[C] c_eff = s_eff[school] + sd_[2] * z_c;
  z_s ~ std_normal();
  z_c ~ std_normal();
  sd_ ~ normal(0, 1);
  mu ~ normal(0, 3);
  y ~ normal(c_eff[cls], sd_[3]);
}
