// Sums by parts: map_rect and reduce_sum, in the model and of known numbers.
functions {
  vector job(vector phi, vector theta, array[] real x_r, array[] int x_i) {
    return [bernoulli_logit_lpmf(x_i | theta[1] + phi[1] * to_vector(x_r)), theta[2] * phi[2]]';
  }
  real part(array[] real slice, int start, int end, array[] real x, real a, real b, real s) {
    return normal_lpdf(slice | a + b * to_vector(x[start:end]), s);
  }
}
data {
  int J;
  int K;
  array[J, K] real x;
  array[J, K] int y;
  array[K] real z;
}
transformed data {
  array[2] vector[2] known_theta = {[0.5, 1]', [1, 2]'};
  vector[4] known = map_rect(job, [1, 2]', known_theta, x[1:2], y[1:2]);
}
parameters {
  vector[2] phi;
  array[J] vector[2] theta;
  real<lower=0> s;
}
model {
  phi ~ std_normal();
  for (j in 1:J) theta[j] ~ std_normal();
  s ~ exponential(1);
  target += sum(map_rect(job, phi, theta, x, y)) + known[1];
  target += reduce_sum(part, z, 1, x[1], phi[1], phi[2], s);
}
