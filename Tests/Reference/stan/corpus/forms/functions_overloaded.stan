// peer: stan 6
// data: N = 5; y = normal(N); k = ints(1, 4, N)
functions {
  real f(real x) { return x ^ 2; }
  real f(vector x) { return dot_self(x); }
  real f(array[] real x) { return sum(x); }
  real f(real x, int n) { return n * x; }
  int f(int n) { return n + 1; }
  array[] int f(array[] int n) { return n; }
  real recurse(real x, int n) {
    if (n <= 0) return x;
    return recurse(x * 0.5 + 1, n - 1);
  }
  int is_even(int n);
  int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }
  int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }
  matrix outer(vector a, row_vector b) { return a * b; }
  tuple(real, vector) pair(vector a) { return (sum(a), a / 2); }
  void check_it(real x) { if (x > 1e9) reject("too large: ", x); }
  real data_only(data vector x, real a) { return sum(x) * a; }
  vector shifted_lp(vector x) { x ~ std_normal(); target += -0.1 * sum(x); return x + target() * 0; }
  real my_lpdf(real y, real m) { return normal_lupdf(y | m, 1) + normal_lpdf(m | 0, 1); }
}
data {
  int N;
  vector[N] y;
  array[N] int k;
}
parameters {
  vector[N] a;
  real b;
}
model {
  real s; vector[N] h;
  (s, h) = pair(a);
  check_it(b);
  target += -f(b) - f(a) - f(f(k[1]) + b, f(2)) + f(to_array_1d(a)) * 0.1 + f(f(k)) [1] * b;
  target += recurse(b, 4) * is_even(6) + is_odd(4);
  target += -sum(square(outer(a, y'))) * 0.01 + data_only(y, b) - s ^ 2 - dot_self(h);
  h = shifted_lp(h);
  b ~ my(s);
  target += my_lupdf(b | 0.5) + my_lpdf(0.3 | b);
}
