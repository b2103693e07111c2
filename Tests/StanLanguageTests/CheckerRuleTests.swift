// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import StanLanguage

/// Rules on declarations, blocks, scopes, statements and functions.
@Suite struct CheckerRuleTests {
    @Test(arguments: [
        // Declarations
        (
            "data { real x = 1; }",
            "stan/declaration 1:17 variables of the data block cannot be given a value"
        ),
        (
            "parameters { real x = 1; }",
            "stan/declaration 1:23 variables of the parameters block cannot be given a value"
        ),
        ("data { x = 1; }", "stan/block 1:8 Only declarations are allowed in the data block"),
        (
            "parameters { int n; }",
            "stan/integer-parameter 1:18 (Transformed) Parameters cannot be integers"
        ),
        (
            "transformed parameters { array[2] int n = {1, 2}; }",
            "stan/integer-parameter 1:39 (Transformed) Parameters cannot be integers"
        ),
        (
            "data { vector[2.5] x; }",
            "stan/size 1:15 Vector sizes must be of type int. Instead found type real"
        ),
        (
            "data { array[1.5] real x; }",
            "stan/size 1:14 Array sizes must be of type int. Instead found type real"
        ),
        ("data { vector[N] x; int N; }", "stan/scope 1:15 Identifier 'N' not in scope"),
        (
            "data { int N; real N; }", "stan/redeclared 1:20 Identifier 'N' is already in use"
        ),
        (
            "data { int N; } model { real N; }",
            "stan/redeclared 1:30 Identifier 'N' is already in use"
        ),
        (
            "model { real x; { real x; } }",
            "stan/redeclared 1:24 Identifier 'x' is already in use"
        ),
        (
            "data { real x__; }",
            "stan/identifier 1:13 identifiers ending with two underscores are reserved: 'x__'"
        ),
        (
            "model { real<lower=0> x; }",
            "stan/constraint 1:9 Constraints are not allowed on local variables"
        ),
        (
            "model { simplex[3] x; }",
            "stan/constraint 1:9 Constraints are not allowed on local variables"
        ),
        (
            "transformed data { { real<upper=1> x; } }",
            "stan/constraint 1:22 Constraints are not allowed on local variables"
        ),
        (
            "data { ordered<lower=0>[3] x; }",
            "stan/constraint 1:15 Bounds cannot be given for this type"
        ),
        (
            "data { vector[2] a; real<lower=a> x; }",
            "stan/constraint 1:32 Lower bound must be a scalar or of type real. Instead found type vector"
        ),
        (
            "data { int<offset=1> x; }",
            "stan/constraint 1:11 An int cannot have an offset or multiplier"
        ),
        (
            "generated quantities { int n = 3; vector[n] x; }",
            "stan/size 1:42 Non-data variables are not allowed in top level size declarations"
        ),
        (
            "transformed data { int n = 2.5; }",
            "stan/assign-type 1:28 Ill-typed arguments supplied to assignment operator =: lhs has type int and rhs has type real"
        ),
        (
            "transformed data { vector[2] v = [1, 2]; }",
            "stan/assign-type 1:34 Ill-typed arguments supplied to assignment operator =: lhs has type vector and rhs has type row_vector"
        ),
        // Scopes
        (
            "model { real x; } generated quantities { real y = x; }",
            "stan/scope 1:51 Identifier 'x' not in scope"
        ),
        (
            "model { { real x; } x = 1; }", "stan/scope 1:21 Identifier 'x' not in scope"
        ),
        (
            "data { real sigma; } model { real y = sigmma; }",
            "stan/scope 1:39 Identifier 'sigmma' not in scope. Did you mean 'sigma'?"
        ),
        // Assignment
        (
            "data { real x; } model { x = 1; }",
            "stan/assign 1:26 Cannot assign to global variable 'x' declared in previous blocks"
        ),
        (
            "parameters { real x; } transformed parameters { x = 1; }",
            "stan/assign 1:49 Cannot assign to global variable 'x' declared in previous blocks"
        ),
        (
            "transformed parameters { real x; x = 1; } model { x = 2; }",
            "stan/assign 1:51 Cannot assign to global variable 'x' declared in previous blocks"
        ),
        (
            "model { for (i in 1:3) i = 2; }",
            "stan/assign 1:24 Cannot assign to function argument or loop identifier 'i'"
        ),
        (
            "functions { void f(real x) { x = 2; } }",
            "stan/assign 1:30 Cannot assign to function argument or loop identifier 'x'"
        ),
        (
            "model { vector[3] x; x[:][1] = 2; }",
            "stan/assign 1:22 Left hand side of an assignment cannot have nested multi-indexing"
        ),
        (
            "model { log(2) = 2; }",
            "stan/assign 1:9 Cannot assign to this expression: the left side must be a variable, with indices or not"
        ),
        (
            "model { int n = 1; n += 0.5; }",
            "stan/assign-type 1:20 Ill-typed arguments supplied to assignment operator +=: lhs has type int and rhs has type real"
        ),
        (
            "model { vector[2] v; v *= v; }",
            "stan/assign-type 1:22 Ill-typed arguments supplied to assignment operator *=: lhs has type vector and rhs has type vector"
        ),
        (
            "model { real a; int b; (a, b) = (1, 2.5); }",
            "stan/assign-type 1:33 Ill-typed arguments supplied to assignment operator =: lhs has type tuple(real, int) and rhs has type tuple(int, real)"
        ),
        // Target and random numbers
        (
            "transformed data { target += 1; }",
            "stan/target 1:20 Target can only be accessed in the model block or in definitions of functions with the suffix _lp"
        ),
        (
            "generated quantities { 1 ~ normal(0, 1); }",
            "stan/distribution 1:24 Distribution statements are only allowed in the model block or user-defined functions with names ending in _lp"
        ),
        (
            "model { jacobian += 1; }",
            "stan/jacobian 1:9 The jacobian adjustment can only be applied in the transformed parameters block or in functions ending with _jacobian"
        ),
        (
            "model { real x = normal_rng(0, 1); }",
            "stan/rng 1:18 Random number generators are only allowed in transformed data block, generated quantities block or user-defined functions with names ending in _rng"
        ),
        (
            "functions { real f() { return normal_rng(0, 1); } }",
            "stan/rng 1:31 Random number generators are only allowed in transformed data block, generated quantities block or user-defined functions with names ending in _rng"
        ),
        (
            "model { target += (1, 2); }",
            "stan/target 1:19 A (container of) reals or ints needs to be supplied to increment target; found tuple(int, int)"
        ),
        // Distributions
        (
            "model { 1 ~ nrmal(0, 1); }",
            "stan/distribution 1:13 Ill-typed arguments to '~' statement. No distribution 'nrmal' was found. Did you mean 'normal'?"
        ),
        (
            "model { 1 ~ normal(0); }",
            "stan/distribution 1:9 Ill-typed arguments to '~' statement. No distribution 'normal' was found with the correct signature: (int, int)"
        ),
        (
            "model { 1.5 ~ poisson(2); }",
            "stan/distribution 1:9 Ill-typed arguments to '~' statement. No distribution 'poisson' was found with the correct signature: (real, int)"
        ),
        (
            "model { {{1}, {2}} ~ poisson(1) T[0, ]; }",
            "stan/distribution 1:9 Ill-typed arguments to '~' statement. No distribution 'poisson' was found with the correct signature: (array[,] int, int)"
        ),
        (
            "model { [1, 2] ~ multi_normal([0, 1], [[1, 0], [0, 1]]) T[0, ]; }",
            "stan/distribution 1:9 Ill-typed arguments to '~' statement. No distribution 'multi_normal' was found with the correct signature: (real, real, matrix)"
        ),
        (
            "functions { real u_lpdf(matrix x) { return 0; } } model { [[1]] ~ u() T[0, ]; }",
            "stan/truncation 1:59 Outcomes in truncated distributions must be univariate"
        ),
        (
            "model { 1 ~ poisson(2) T[0.5, ]; }",
            "stan/truncation 1:9 Truncation is only defined if distribution has _lcdf and _lccdf functions implemented with appropriate signature"
        ),
        (
            "functions { real u_lpdf(real x) { return 0; } } model { 1.0 ~ u() T[0, ]; }",
            "stan/truncation 1:57 Truncation is only defined if distribution has _lcdf and _lccdf functions implemented with appropriate signature"
        ),
        ("model { real then; }", "stan/reserved 1:14 'then' is a reserved word"),
        (
            "model { real quantities; }",
            "stan/reserved 1:14 expected a variable's name, but 'quantities' is a reserved word"
        ),
        (
            "model { 1 ~ poisson(2) T[[1], ]; }",
            "stan/truncation 1:26 Truncation bound must be of type int or real. Instead found type row_vector"
        ),
        (
            "model { real x_lupdf; }",
            "stan/identifier 1:14 identifiers cannot end in _lupdf or _lupmf: 'x_lupdf'"
        ),
        // Control
        ("model { break; }", "stan/loop 1:9 Break statements may only be used in loops"),
        ("model { continue; }", "stan/loop 1:9 Continue statements may only be used in loops"),
        ("model { return; }", "stan/return 1:9 Returns may only be used in function definitions"),
        (
            "model { if ([1]) { } }",
            "stan/condition 1:13 Condition must be of primitive type int; instead found type row_vector"
        ),
        (
            "model { for (i in 1:2.5) { } }",
            "stan/loop 1:21 Upper bound of for-loop must be of type int. Instead found type real"
        ),
        (
            "model { for (i in 3) { } }",
            "stan/loop 1:19 Foreach loop must be over array, vector or matrix. Instead found expression of type int"
        ),
        (
            "model { log(2); }",
            "stan/void 1:9 A non-returning function was expected but a returning function 'log' was supplied"
        ),
        (
            "functions { void f() { } } model { real x = f(); }",
            "stan/void 1:45 A returning function was expected but a non-returning function 'f' was supplied"
        ),
        (
            "model { foo(2); }",
            "stan/call 1:9 A non-returning function was expected but an undeclared identifier 'foo' was supplied"
        ),
        (
            "model { real x = lgama(2); }",
            "stan/call 1:18 A returning function was expected but an undeclared identifier 'lgama' was supplied. Did you mean 'lgamma'?"
        ),
        // Functions
        (
            "functions { real f(real x) { } }",

            "stan/return 1:18 Function bodies must contain a return statement of correct type in every branch"
        ),
        (
            "functions { real f(real x) { if (x > 0) return 1; } }",
            "stan/return 1:18 Function bodies must contain a return statement of correct type in every branch"
        ),
        (
            "functions { int f(real x) { return x; } }",
            "stan/return 1:29 Invalid return type: function is declared to return int, but this statement returns real instead"
        ),
        (
            "functions { void f() { return 1; } }",
            "stan/return 1:24 Invalid return type: function is declared to return void, but this statement returns int instead"
        ),
        (
            "functions { real f() { return; } }",
            "stan/return 1:24 Invalid return type: function is declared to return real, but this statement returns void instead"
        ),
        (
            "functions { void f(real x, int x) { } }",
            "stan/redeclared 1:32 All function arguments must have distinct identifiers"
        ),
        (
            "functions { real f(real x); }",
            "stan/undefined 1:18 Function 'f' is declared without specifying a definition"
        ),
        (
            "functions { real f(real x) { return 1; } int f(real y) { return 1; } }",
            "stan/redeclared 1:46 Function 'f' has already been declared for signature (real) => int"
        ),
        (
            "functions { real f_lpmf(real x) { return 1; } }",
            "stan/function 1:13 Probability mass functions require integer variates (first argument)"
        ),
        (
            "functions { real f_lpdf(int x) { return 1; } }",
            "stan/function 1:13 Probability density functions require real variates (first argument)"
        ),
        (
            "functions { real f_lupdf(real x) { return 1; } }",
            "stan/function 1:18 Functions with names ending in _lupdf or _lupmf cannot be defined: 'f_lupdf'"
        ),
        (
            "functions { vector f_lpdf(real x) { return [x]'; } }",
            "stan/function 1:13 Real return type required for probability functions ending in _lpdf, _lpmf, _cdf, _lcdf, or _lccdf"
        ),
        (
            "functions { void f_lp() { target += 1; } } transformed data { f_lp(); }",
            "stan/target 1:63 Target can only be accessed in the model block or in definitions of functions with the suffix _lp"
        ),
        (
            "functions { real f(data real x) { return x; } } parameters { real mu; } model { target += f(mu); }",
            "stan/argument-types 1:91 Ill-typed arguments supplied to function 'f': (real)"
        ),
        (
            "functions { real f(int a, real b) { return 1; } real f(real a, int b) { return 2; } } model { target += f(1, 2); }",
            "stan/ambiguous 1:105 Ambiguous function call of 'f': no unique minimum number of promotions exists"
        ),
        (
            "functions { vector g(vector a) { return a; } } model { vector[2] x = solve_newton(g, [1, 2]', 3); }",
            "stan/argument-types 1:70 Ill-typed arguments supplied to function 'solve_newton': (function, vector, int)"
        ),
        (
            "functions { vector log(array[,] vector x) { return x[1, 1]; } }",
            "stan/redeclared 1:20 Function 'log' cannot be overloaded by return type only. Previously used return type array[,] vector"
        ),
        (
            "functions { real reduce_sum(real x) { return 1; } }",
            "stan/function 1:18 Function 'reduce_sum' cannot be overloaded"
        ),
    ])
    func refused(text: String, expected: String) {
        #expect(errors(text).first == expected)
    }

    @Test(arguments: [
        // Recursion and calls in any order, overloads, shadowed library names.
        "functions { int f(int n) { if (n < 2) return 1; return n * f(n - 1); } }",
        "functions { real a(real x) { return b(x); } real b(real x) { return x; } }",
        "functions { real f(real x); real f(real x) { return x; } }",
        "functions { real s(int x) { return 1; } real s(real x) { return 2; } real s(vector x) { return 3; } } model { target += s(1) + s(2.5) + s([1]'); }",
        "functions { vector log(vector x, real y) { return x * y; } } model { real y = log(2); }",
        // Functions and variables may share a name.
        "functions { real f(real x) { return 1; } } model { real f; }",
        "model { real normal_lpdf; real sum = 0; sum = sum({sum, 1}); }",
        // Returns in every branch.
        "functions { int f(int n) { if (n > 0) return 1; else return 2; } }",
        "functions { int f(int n) { for (i in 1:n) return i; } }",
        "functions { int f(int n) { while (1) { if (n > 0) return 1; } } }",
        "functions { real f(int n) { if (n > 0) { return 1; } reject(\"n is \", n); } }",
        "functions { int f(int n) { { return n; } } }",
        "functions { void f(int n) { return; } }",
        // Where things may be used.
        "functions { void f_lp(real x) { x ~ normal(0, 1); target += x; } } model { f_lp(1); }",
        "functions { real f_rng() { return normal_rng(0, 1); } } generated quantities { real x = f_rng(); }",
        "functions { real f_jacobian(real x) { jacobian += x; return x; } } parameters { real y; } transformed parameters { real x = f_jacobian(y); }",
        "functions { real f_lpdf(real x, real m) { return normal_lupdf(x | m, 1); } } model { 1.0 ~ f(2); target += f_lupdf(1.0 | 2); }",
        "functions { real f(data real x) { return x; } } data { real d; } parameters { real p; } generated quantities { real x = f(p) + f(d); }",
        // Sizes and bounds.
        "data { int<lower=0> N; vector[N] a; array[N] real b; } parameters { vector<lower=a>[N] x; array[N] real<lower=b> y; }",
        "parameters { real<lower=0> s; real<lower=s, upper=2 * s> t; real<multiplier=s, offset=t> u; }",
        "parameters { real p; } model { int n = 3; vector[n] v; array[2 * n] real w; }",
        "generated quantities { { int n = 3; vector[n] v; } }",
        "data { array[2, 3] vector[4] a; tuple(int, array[2] real) t; array[2] tuple(real, vector[3]) b; }",
        "transformed data { tuple(real, int) t = (1, 2); real a; int b; (a, b) = t; t.1 = 3; }",
        // Names that are functions, or words of the grammar, used as variables.
        "parameters { real beta; real gamma; real offset; real lower; real array; real T; } model { beta ~ normal(gamma, 1) T[0, ]; T ~ normal(0, 1); }",
        "transformed data { real jacobian = 0; real profile; jacobian += 1; profile = 2; }",
        // Loops.
        "data { array[2] vector[3] x; matrix[2, 2] m; } model { for (v in x) for (e in v) target += e; for (e in m) target += e; }",
        "model { int n = 0; while (n < 3) { n += 1; if (n == 2) continue; else break; } }",
        "model { profile(\"sum\") { target += 1; } }",
        // Higher-order functions.
        "functions { vector f(real t, vector y, real a, array[] int k) { return a * y; } } parameters { real a; } model { array[2] vector[1] z = ode_bdf_tol(f, [1]', 0, {1, 2}, 1e-6, 1e-6, 100, a, {3}); }",
        "functions { real part_lpmf(array[] int s, int a, int b, real m) { return poisson_lupmf(s | m); } } model { target += reduce_sum(part_lupmf, {1, 2}, 1, 2.5); }",
        "functions { real g(real x, real xc, array[] real t, data array[] real r, data array[] int i) { return x; } } model { target += integrate_1d(g, 0, 1, {1.0}, {1.0}, {1}, 1e-8); }",
        "functions { vector h(vector p, vector t, data array[] real r, data array[] int i) { return p; } } data { array[1] vector[1] t; array[1, 1] real r; array[1, 1] int i; } model { target += map_rect(h, [1]', t, r, i); }",
        // An int is a real wherever one is asked for.
        "transformed data { real x = 1; vector[2] v = rep_vector(1, 2); array[2] real a = {1, 2}; complex z = 3; a[1] = 2; v[1] += 1; }",
    ])
    func accepted(text: String) {
        #expect(errors(text) == [])
    }

    @Test func severalErrorsAreReportedInOrder() {
        let found = errors(
            """
            data {
              int N;
            }
            parameters {
              int k;
              vector[M] beta;
            }
            model {
              beta ~ normall(0, 1);
              sigma ~ normal(0, 1);
              for (n in 1:N) {
                target += log(beta[n], 2);
              }
            }
            """)
        #expect(
            found.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                "stan/integer-parameter 5:7", "stan/scope 6:10", "stan/distribution 9:10",
                "stan/scope 10:3", "stan/argument-types 12:15",
            ])
    }

    @Test func messagesShowTheLine() throws {
        do {
            _ = try program("transformed data {\n  int n = 2.5;\n}\n")
            Issue.record("accepted")
        } catch {
            #expect(
                "\(error)" == """
                    error[stan/assign-type]: Ill-typed arguments supplied to assignment operator =: lhs has type int and rhs has type real
                     --> test.stan:2:11
                      |
                    2 |   int n = 2.5;
                      |           ^^^ real
                      = help: declare a real, or use to_int(…) of data
                    """)
        }
    }
}
