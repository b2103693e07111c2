data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> K;
  array[I, J, K] real y;
  array[I] matrix[J, K] M;
}
parameters {
  array[I, J] real<lower=0> scale;
  array[I] vector[K] effect;
  array[2] matrix[J, K] W;
  vector<lower=-1, upper=[1, 2, 3]'>[3] box;
}
model {
  for (i in 1:I) {
    for (j in 1:J) {
      y[i, j] ~ normal(effect[i], scale[i, j]);
      scale[i, j] ~ exponential(1 + i);
    }
    effect[i] ~ normal(mean(to_array_1d(M[i])), 2);
  }
  for (k in 1:2) to_vector(W[k]) ~ normal(k, 3);
  target += sum(W[1] .* M[1]) - sum(W[2] * M[2]') + sum(box) + size(y) + num_elements(y) + dims(M)[2];
  {
    array[2] row_vector[K] local = {effect[1]', W[1, 1]};
    local[2] *= 2;
    target += -dot_self(local[1] + local[2]);
  }
}
