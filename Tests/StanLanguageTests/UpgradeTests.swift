// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

@testable import StanLanguage

private func upgraded(_ text: String) throws -> FormattedProgram {
    try StanProgram.upgrade(SourceText(name: "test.stan", text: text))
}

@Suite struct UpgradeTests {
    @Test func rewritesAnOldProgram() throws {
        let old = """
            # An old program
            ## with a header
            functions {
              real d_log(real y, real m);
              real d_log(real y, real m) { return normal_log(y, m, 1); }
              real k_log(int n, real[] p) { return bernoulli_log(n, p[1]); }
              real[] g(real t, real[] y, real[] th, data real[] xr, int[] xi) { real z[2]; z[1] <- y[1]; z[2] <- 1; return z; }
              real h(int[,] a, real[] array) { real offset; offset <- array[1] + a[1, 1]; return if_else(offset > 0, offset, if_else(a[1,1] ? 1 : 0, 2.0, 3)); }
            }
            data { int N; real x[N]; int k[N, 2]; vector[3] v[N /* size */], w, u[2]; real<lower=0> s[N], t[N]; int<lower=0> n; real offset; real ts[2];}
            transformed data { real xr[0]; int xi[0]; }
            parameters { real mu; real sigma[2]; real z; }
            model {
              real a[2]; # a comment
              real sol[2, 2];
              real q <- 3;
              for (lower in 1:2) a[lower] <- fabs(mu) + fabs(n) / 2 + fabs(-3);
              x ~ normal(mu, sigma[1]);
              mu ~ d(2);
              n ~ k(sigma);
              increment_log_prob(mu);
              increment_log_prob(d_log(mu, /* m */ 3) # why
                + k_log(1, sigma));
              lp__ <- lp__ + normal_cdf_log(mu, 0, 1) * normal_cdf(mu, 0, 1) * normal_ccdf_log(0.1, mu, 1);
              if (mu) a[1] <- get_lp();
              if (mu + 1 && !z) a[2] <- z ? 1 : multiply_log(z, 2);
              increment_log_prob(normal_lpdf(z | 0, 1) + std_normal_lpdf(z |) + binomial_coefficient_log(5, 2));
              sol <- integrate_ode(g, a, 0, ts, a, xr, xi);
              { matrix[2,2] K; K <- cov_exp_quad(to_array_1d({1.0, 2}), 1.0, 1.0); }
            }
            generated quantities { real y[2]; y[1] <- normal_rng(0, 1); y[2] <- h(k, y); }
            """
        let new = """
            // An old program
            // with a header
            functions {
              real d_lpdf(real y, real m);
              real d_lpdf(real y, real m) {
                return normal_lpdf(y | m, 1);
              }
              real k_lpmf(int n, array[] real p) {
                return bernoulli_lpmf(n | p[1]);
              }
              array[] real g(real t, array[] real y, array[] real th,
                             data array[] real xr, array[] int xi) {
                array[2] real z;
                z[1] = y[1];
                z[2] = 1;
                return z;
              }
              real h(array[,] int a, array[] real array_) {
                real offset_;
                offset_ = array_[1] + a[1, 1];
                return offset_ > 0 ? offset_ : ((a[1, 1] ? 1 : 0) ? 2.0 : 3);
              }
              // g of vectors, for today's solvers.
              vector g_vector(real t, vector y, array[] real theta, data array[] real x_r,
                              data array[] int x_i) {
                return to_vector(g(t, to_array_1d(y), theta, x_r, x_i));
              }
              array[,] real g_ode_rk45(array[] real y0, real t0, array[] real ts,
                                       array[] real theta, data array[] real x_r,
                                       data array[] int x_i) {
                array[size(ts)] vector[size(y0)] y = ode_rk45(g_vector, to_vector(y0), t0,
                                                              ts, theta, x_r, x_i);
                array[size(ts), size(y0)] real z;
                for (n in 1:size(ts)) z[n] = to_array_1d(y[n]);
                return z;
              }
            }
            data {
              int N;
              array[N] real x;
              array[N, 2] int k;
              array[N /* size */] vector[3] v;
              vector[3] w;
              array[2] vector[3] u;
              array[N] real<lower=0> s, t;
              int<lower=0> n;
              real offset;
              array[2] real ts;
            }
            transformed data {
              array[0] real xr;
              array[0] int xi;
            }
            parameters {
              real mu;
              array[2] real sigma;
              real z;
            }
            model {
              array[2] real a; // a comment
              array[2, 2] real sol;
              real q = 3;
              for (lower_ in 1:2)
                a[lower_] = abs(mu) + abs(1.0 * n) / 2 + abs(1.0 * (-3));
              x ~ normal(mu, sigma[1]);
              mu ~ d(2);
              n ~ k(sigma);
              target += mu;
              target += d_lpdf(mu | /* m */ 3) // why
                        + k_lpmf(1 | sigma);
              target += normal_lcdf(mu | 0, 1) * normal_cdf(mu | 0, 1)
                        * normal_lccdf(0.1 | mu, 1);
              if (mu != 0) a[1] = target();
              if ((mu + 1 != 0) && !(z != 0)) a[2] = (z != 0) ? 1 : lmultiply(z, 2);
              target += normal_lpdf(z | 0, 1) + std_normal_lpdf(z |) + lchoose(5, 2);
              sol = g_ode_rk45(a, 0, ts, a, xr, xi);
              {
                matrix[2, 2] K;
                K = gp_exp_quad_cov(to_array_1d({1.0, 2}), 1.0, 1.0);
              }
            }
            generated quantities {
              array[2] real y;
              y[1] = normal_rng(0, 1);
              y[2] = h(k, y);
            }

            """
        let result = try upgraded(old)
        #expect(result.text == new)
        #expect(
            result.notes.map(\.message) == [
                "'offset' is a reserved word of today's Stan"
            ])
        #expect(try program(new).warnings.isEmpty)
        #expect(try upgraded(new).text == new)
    }

    /// Statements of a model with the parameters `real x; real y; vector[2] v;`
    /// and the data `int n; int k[2];`.
    @Test(arguments: [
        ("real a[2];", "array[2] real a;"),
        ("real a[2], b[2];", "array[2] real a, b;"),
        ("real a[2], b;", "array[2] real a;\n  real b;"),
        ("vector[2] a[2], b[3, 1];", "array[2] vector[2] a;\n  array[3, 1] vector[2] b;"),
        ("real a <- x;", "real a = x;"),
        ("increment_log_prob(x);", "target += x;"),
        ("increment_log_prob(v);", "target += v;"),
        ("lp__ <- lp__ + x * y;", "target += x * y;"),
        ("increment_log_prob(get_lp());", "target += target();"),
        ("target += normal_log(x, y, 1);", "target += normal_lpdf(x | y, 1);"),
        ("target += poisson_log(n, exp(x));", "target += poisson_lpmf(n | exp(x));"),
        ("target += poisson_log_log(n, x);", "target += poisson_log_lpmf(n | x);"),
        ("target += normal_cdf_log(x, y, 1);", "target += normal_lcdf(x | y, 1);"),
        ("target += normal_ccdf_log(x, y, 1);", "target += normal_lccdf(x | y, 1);"),
        ("target += normal_cdf(x, y, 1);", "target += normal_cdf(x | y, 1);"),
        ("target += fabs(x) + fabs(v[1]);", "target += abs(x) + abs(v[1]);"),
        ("target += fabs(n) / 2;", "target += abs(1.0 * n) / 2;"),
        ("target += multiply_log(x, fabs(y));", "target += lmultiply(x, abs(y));"),
        ("target += binomial_coefficient_log(5, n);", "target += lchoose(5, n);"),
        ("target += if_else(n > 1, x, y);", "target += n > 1 ? x : y;"),
        ("target += 2 * if_else(n > 1, x, y);", "target += 2 * (n > 1 ? x : y);"),
        ("target += x ? 1 : 2;", "target += (x != 0) ? 1 : 2;"),
        ("if (x) target += !y;", "if (x != 0) target += !(y != 0);"),
        ("target += x # why\n;", "target += x; // why"),
        ("for (lower in 1:2) target += lower;", "for (lower_ in 1:2) target += lower_;"),
        (
            "{ real offset; real offset_; offset <- 1; }",
            "{\n    real offset_1;\n    real offset_;\n    offset_1 = 1;\n  }"
        ),
        ("x ~ normal(0, 1) T[0, ];", "x ~ normal(0, 1) T[0, ];"),
    ])
    func statements(old: String, new: String) throws {
        let head = """
            data {
              int n;
              array[2] int k;
            }
            parameters {
              real x;
              real y;
              vector[2] v;
            }
            model {

            """
        let result = try upgraded(head + old + "}")
        #expect(result.text == head + "  " + new + "\n}\n")
        #expect(result.notes.isEmpty)
        #expect(try program(result.text).warnings.isEmpty)
    }

    @Test func tailsGoWithTheirDensity() throws {
        let old = """
            functions {
              real foo_log(real y, real m) { return -y * m; }
              real foo_cdf_log(real y, real m) { return log1m_exp(-y * m); }
              real foo_ccdf_log(real y, real m) { return -y * m; }
              real bar_log(real y) { return y; }
            }
            data { real y; }
            parameters { real<lower=0> m; }
            model {
              y ~ foo(m) T[0.1, ];
              increment_log_prob(foo_ccdf_log(y, m) + bar_log(y));
            }
            """
        let text = try upgraded(old).text
        for line in [
            "real foo_lpdf(real y, real m) {", "real foo_lcdf(real y, real m) {",
            "real foo_lccdf(real y, real m) {", "real bar_log(real y) {",
            "  y ~ foo(m) T[0.1, ];\n", "  target += foo_lccdf(y | m) + bar_log(y);\n",
        ] {
            #expect(text.contains(line))
        }
        #expect(try program(text).warnings.isEmpty)
    }

    @Test func includedFilesStay() throws {
        let files = ["f.stan": "real twice_log(real x) { return 2 * fabs(x); }\n"]
        let includes = { (name: String) in files[name].map { SourceText(name: name, text: $0) } }
        let old = """
            functions {
            #include f.stan
            }
            parameters { real x[2]; }
            model { real a; a <- twice_log(x[1]); x ~ normal(0, fabs(a)); }
            """
        let source = SourceText(name: "test.stan", text: old)
        let result = try StanProgram.upgrade(source, includes: includes)
        #expect(result.text.contains("#include f.stan\n"))
        #expect(result.text.contains("a = twice_log(x[1]);"))
        #expect(result.text.contains("x ~ normal(0, abs(a));"))
        #expect(throws: DiagnosticList.self) { try StanProgram.upgrade(source) }
    }

    /// Programs of today's language are only formatted.
    @Test func leavesTodaysProgramsAlone() throws {
        for name in ModelReferenceTests.programs {
            let source = try ModelReferenceTests.text(name + ".stan")
            let program = try StanProgram.parse(source)
            guard program.warnings.isEmpty, SolverUpgrader.calls(in: program).isEmpty else {
                continue
            }
            #expect(
                try StanProgram.upgrade(source).text == StanProgram.format(source).text, "\(name)")
        }
    }

    /// The log density after formatting and after upgrading, bit for bit.
    @Test func numbersStayTheSame() throws {
        for name in ModelReferenceTests.programs {
            let reference = try JSONValue.parse(try ModelReferenceTests.text(name + ".json"))
            let source = try ModelReferenceTests.text(name + ".stan")
            let data = try #require(reference["data"])
            let position = try #require(reference["points"]?[0]?["position"]?.doubles)
            func density(_ text: SourceText) throws -> (value: Double, gradient: [Double]) {
                try StanModel(program: StanProgram.parse(text), data: data)
                    .logDensity(at: position)
            }
            let first = try density(source)
            for text in [
                try StanProgram.format(source).text, try StanProgram.upgrade(source).text,
            ] {
                let again = try density(SourceText(name: name, text: text))
                #expect(again.value.bitPattern == first.value.bitPattern, "\(name)")
                #expect(
                    again.gradient.map(\.bitPattern) == first.gradient.map(\.bitPattern), "\(name)")
            }
        }
    }
}
