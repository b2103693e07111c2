// data: offset = 0.5; lower = [0.1, 0.2, 0.3]; upper = [3, 1, 2]; multiplier = 2.0; offset_ = offset; lower_ = lower; upper_ = upper; multiplier_ = multiplier; N = 3; y = positive(N)
functions {
  real reading(real lower_, real upper_, real array_) {
    return lower_ + upper_ * array_;
  }
}
data {
  int N;
  real offset_; // with another name
  array[N] real lower_;
  array[N] int upper_;
  real multiplier_;
  vector[N] y;
}
parameters {
  real jacobian_;
  real<lower=0> tuple_;
  vector[N] array_;
  real profile_;
}
model {
  real complex_;
  complex_ = jacobian_ * offset_ + multiplier_;
  complex_ += tuple_;
  jacobian_ ~ normal(0, 1);
  for (i in 1:N)
    y[i] ~ normal(array_[i] + reading(lower_[i], upper_[i], offset_), tuple_ + abs(complex_));
  array_ ~ normal(0, 1);
  profile_ ~ normal(offset_, multiplier_);
  target += -tuple_;
}
