// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import StanLanguage

/// SplitMix64, so that a failure can be repeated.
private struct Mutator {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(bound, 1)))
    }
}

private let seeds = [
    """
    functions { real f(real x, data array[] vector y) { if (x > 0) return x; else return -x; } }
    data { int<lower=0> N; array[N] real y; matrix[N, 2] X; tuple(int, real) t; }
    transformed data { real m = mean(y); array[2] int k = {1, 2}; }
    parameters { real<lower=0, upper=1> p; simplex[3] s; vector<offset=m>[N] b; }
    transformed parameters { vector[N] eta = X[:, 1] * p + b; eta[1:2] += 1; }
    model {
      y ~ normal(eta, 1) ; p ~ beta(1, 1) T[0.1, ];
      for (n in 1:N) { target += log_mix(p, normal_lpdf(y[n] | 0, 1), -1e3); }
      while (1) { break; } print("p = ", p, s'); { real q = p ? 1 : 2; }
    }
    generated quantities { array[N] real z = normal_rng(eta, 1); (m2, k2) = (1, 2); }
    """,
    """
    # old style
    functions { real[] g(real t, real[] y, int[,] k) { real z[2]; z[1] <- y[1]; return z; } }
    data { real x[3, 2]; vector[2] v[4]; }
    model { real a; a <- fabs(x[1, 1]); increment_log_prob(normal_log(a, 0, 1)); /* end */ }
    """,
]

private let snippets = [
    "(", ")", "{", "}", "[", "]", ";", ",", "'", "\"", "/*", "*/", "//", "#", "|", "~", "<-",
    "<", ">", "=", ".*", "1e999", "99999999999999999999", "0x", "\u{0}", "é", "🎲", "array[",
    "tuple(", "real ", "int ", "T[", "model {", "data {", "normal_lpdf(", "x.1.2", "1:", ":",
    "?", "%/%", "#include a\n", "_lupdf", "target", "\\", "^", "!", "-", "2.", ".5", "i", "@",
]

@Suite struct CheckerFuzzTests {
    /// Whether a diagnostic points into the text.
    private func isInside(_ diagnostic: Diagnostic, _ count: Int) -> Bool {
        guard let range = diagnostic.range else { return true }
        return range.lowerBound >= 0 && range.upperBound <= count
    }

    @Test func mutatedProgramsNeverTrap() {
        var mutator = Mutator(state: 20_261_124)
        for round in 0..<3_000 {
            var bytes = Array(seeds[round % seeds.count].utf8)
            for _ in 0...mutator.next(4) { mutate(&bytes, &mutator) }
            let source = SourceText(name: "fuzz", bytes: bytes)
            let found: [Diagnostic]
            do {
                found = try StanProgram.parse(source).warnings
            } catch {
                found = error.diagnostics
                #expect(found.contains { $0.severity == .error })
            }
            #expect(
                found.allSatisfy { isInside($0, bytes.count) }, "round \(round): \(source.text)")
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ mutator: inout Mutator) {
        let at = mutator.next(bytes.count + 1)
        switch mutator.next(6) {
        case 0 where at < bytes.count: bytes[at] = UInt8(mutator.next(256))
        case 1: bytes.removeSubrange(at..<min(at + mutator.next(12), bytes.count))
        case 2: bytes.insert(contentsOf: snippets[mutator.next(snippets.count)].utf8, at: at)
        case 3: bytes.removeSubrange(at...)
        case 4:
            // A piece of the program somewhere else.
            let from = mutator.next(bytes.count + 1)
            let piece = bytes[from..<min(from + mutator.next(40), bytes.count)]
            bytes.insert(contentsOf: piece, at: at)
        default:
            let other = mutator.next(bytes.count + 1)
            if at < bytes.count, other < bytes.count { bytes.swapAt(at, other) }
        }
    }

    @Test(arguments: [
        "", " ", "\u{0}", "}", "{", "data", "data{", "functions { real", "functions { real f(",
        "model { x", "model { x ~", "model { x ~ n", "model { x[", "model { for (", "/*", "\"",
        "model { real x = 1e999999; int n = 00000000000000000000001; }",
        "model { x = .; }", "model { print(\"", "#include", "#", "@", "model { a <",
        "data { array[", "data { tuple(", "data { real<", "data { real<lower", "data { real<lower=",
        "functions { void f(); }", "functions { array[] tuple(int, ) f() { } }",
    ])
    func fragmentsNeverTrap(text: String) {
        for diagnostic in errors(text) { #expect(!diagnostic.isEmpty) }
    }

    @Test func arbitraryBytesNeverTrap() {
        var mutator = Mutator(state: 7)
        for _ in 0..<500 {
            let bytes = (0..<mutator.next(200)).map { _ in UInt8(mutator.next(256)) }
            let source = SourceText(name: "fuzz", bytes: bytes)
            _ = try? StanProgram.parse(source)
        }
    }
}
