// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Inference
import Randomness
import Testing

@testable import StanLanguage

/// Tuples as data, parameters and outputs, against the same model without them.
@Suite struct TupleTests {
    private let tuples = """
        data { int N; tuple(int, array[N] real) d; }
        parameters {
          tuple(real<lower=0>, simplex[3]) t;
          array[2] tuple(vector[2], real<lower=0, upper=1>) a;
          real x;
        }
        transformed parameters { tuple(real, matrix[2, 2]) q = (t.1 * x, [[1, x], [t.1, 2]]); }
        model {
          t.1 ~ exponential(1);
          t.2 ~ dirichlet([2, 3, 4]');
          for (i in 1:2) {
            a[i].1 ~ normal(t.1, 1);
            a[i].2 ~ beta(2, 2);
          }
          x ~ normal(sum(d.2), 1);
        }
        generated quantities {
          array[2] tuple(int, real) g;
          for (i in 1:2) g[i] = (i, a[i].2);
        }
        """
    private let flat = """
        data { int N; array[N] real d; }
        parameters {
          real<lower=0> t1; simplex[3] t2;
          vector[2] a11; real<lower=0, upper=1> a12;
          vector[2] a21; real<lower=0, upper=1> a22;
          real x;
        }
        model {
          t1 ~ exponential(1);
          t2 ~ dirichlet([2, 3, 4]');
          a11 ~ normal(t1, 1);
          a12 ~ beta(2, 2);
          a21 ~ normal(t1, 1);
          a22 ~ beta(2, 2);
          x ~ normal(sum(d), 1);
        }
        """
    private let data: JSONValue = ["N": 2, "d": ["1": 3, "2": [0.5, 1]]]
    private let point = [0.3, -0.2, 0.5, 0.1, 0.7, -0.4, 0.2, 0.9, -0.6, 0.8]

    @Test func densitiesAreThoseOfTheElements() throws {
        let (value, gradient) = try ModelTests.model(tuples, data).logDensity(at: point)
        let plain = try ModelTests.model(flat, ["N": 2, "d": [0.5, 1]]).logDensity(at: point)
        #expect(value == plain.value)
        #expect(gradient == plain.gradient)
    }

    @Test func outputsAreNamedAsCmdStanDoes() throws {
        let model = try ModelTests.model(tuples, data)
        #expect(
            model.outputNames == [
                "t:1", "t:2.1", "t:2.2", "t:2.3", "a.1:1.1", "a.1:1.2", "a.1:2", "a.2:1.1",
                "a.2:1.2", "a.2:2", "x", "q:1", "q:2.1.1", "q:2.2.1", "q:2.1.2", "q:2.2.2",
                "g.1:1", "g.1:2", "g.2:1", "g.2:2",
            ])
        var out: [Double] = []
        try model.writeOutputs(at: point, generator: .init(seed: 1), into: &out)
        let (t, x) = (out[0], out[10])
        #expect(x == 0.8)
        #expect(out[11...15] == [t * x, 1, t, x, 2])
        #expect(Array(out[16...]) == [1, out[6], 2, out[9]])
        #expect(abs(out[1] + out[2] + out[3] - 1) < 1e-15)
    }

    @Test func initialValues() throws {
        let model = try ModelTests.model(tuples, data)
        let given = try model.initialValues(
            from: [
                "t": ["1": 2, "2": [0.2, 0.3, 0.5]],
                "a": [["1": [1, 2], "2": 0.5], ["1": [3, 4], "2": 0.25]], "x": 1,
            ])
        let start = try model.initialPoint(
            generator: .init(seed: 1), radius: 2, initial: given)
        var out: [Double] = []
        try model.writeOutputs(at: start, generator: .init(seed: 1), into: &out)
        for (value, expected) in zip(out, [2, 0.2, 0.3, 0.5, 1, 2, 0.5, 3, 4, 0.25, 1]) {
            #expect(abs(value - expected) < 1e-14)
        }
    }
}
