// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Randomness
import Testing

@testable import Notebooks

@Suite struct LibraryTests {
    @Test(arguments: [
        ("Normal(mean: 0, standardDeviation: 1).cdf(1.96)", "0.975002"),
        ("Gamma(shape: 3, rate: 2).mean", "1.5"),
        ("let d = Gamma(shape: 3, scale: 2); d.pdf([1, 2])", "[0.0379082, 0.0919699]"),
        ("Binomial(trials: 10, probability: 0.5).quantile(0.5)", "5"),
        ("Poisson(rate: 2).pdf(0)", "0.135335"),
        ("Poisson(rate: 2).pdf(0.5)", "0"),
        ("Normal.fit([1, 2, 3, 4]).distribution.mean", "2.5"),
        ("median([3, 1, 2])", "2"),
        ("mean([1, 2, 4])", "2.33333"),
        ("mean([1, 2, 3] .> 1)", "0.666667"),
        ("quantile([1, 2, 4, 8], 0.5)", "3"),
        ("correlation([1, 2, 3], [2, 4, 6])", "1"),
        ("estimate(mean: [1, 2, 3])", "2.00 ± 0.58"),
        ("2 * estimate(mean: [1, 2, 3])", "4.0 ± 1.2"),
        ("sqrt(estimate(mean: [1, 2, 3]))", "1.41 ± 0.20"),
        ("estimate(mean: [1, 2, 3]).value", "2"),
        ("tTest([1, 2, 3], [2, 3, 5]).pValue < 1", "true"),
        ("tTest([1, 2, 3], mean: 2).statistic", "0"),
        ("kolmogorovSmirnov([0.1, 0.5, 0.9], cdf: Uniform(0, 1).cdf).pValue > 0.5", "true"),
        ("chiSquared([10, 10, 10]).pValue", "1"),
        ("Matrix([[2, 1], [0, 1]]) * [1, 1]", "[3, 1]"),
        ("Matrix([[2, 1], [0, 1]]) * Matrix([[1, 0], [0, 2]])", "2  2\n0  2"),
        ("Matrix([[2, 0], [0, 3]]).eigen.values.sorted()", "[2, 3]"),
        ("Matrix([[2, 1], [0, 1]]).svd.values.count", "2"),
        ("Matrix([[2, 1], [0, 1]])[0, 1]", "1"),
        ("Matrix([[2, 1], [0, 1]]).determinant", "2"),
        ("Matrix([[2, 0], [0, 4]]).solve([2, 4])", "[1, 1]"),
        ("derivative({ x in x^3 }, at: 2)", "12"),
        ("gradient({ p in (1 - p[0])^2 + 100 * (p[1] - p[0]^2)^2 }, at: [0, 0])", "[-2, 0]"),
        ("gradient({ p in if p[0] > 1 { p[0]^2 } else { 3 * p[0] } }, at: [2])", "[4]"),
        ("gradient({ p in sum(exp(p)) }, at: [0, 0])", "[1, 1]"),
        ("gradient({ x, y in x * y }, at: [2, 5])", "[5, 2]"),
        ("gradient({ p in\n var t = 0\n for x in p { t += x^2 }\n t }, at: [1, 2])", "[2, 4]"),
        (
            "let h = hessian({ p in p[0]^2 * p[1] }, at: [1, 2])\nexpect(h ≈ Matrix([[4, 2], [2, 0]]), within: 1e-8)",
            ""
        ),
        (
            "let path = minimize({ p in (1 - p[0])^2 + 100 * (p[1] - p[0]^2)^2 }, from: [-1.2, 1])\nexpect(path.minimum ≈ [1, 1], within: 1e-5)\npath.isConverged",
            "true"
        ),
        (
            "minimize({ p in p[0]^2 }, from: [1], method: .gradientDescent(rate: 0.1, steps: 500)).value < 1e-6",
            "true"
        ),
        ("integral({ x in x^2 }, from: 0, to: 3)", "9"),
        (
            "expect(integrate({ p in p[0] + p[1] }, over: [0...1, 0...1], calls: 2000) ≈ 1, within: 5.sigma)",
            ""
        ),
        (
            "let d = Gamma(shape: 3, rate: 2)\nexpect(expectation(of: { x in log(x) }, under: d, draws: 2000) ≈ 0.229636, within: 5.sigma)",
            ""
        ),
        (
            "expect(entropy(of: Normal(mean: 0, standardDeviation: 1), draws: 2000) ≈ 1.418939, within: 5.sigma)",
            ""
        ),
        (
            "expect(meanSquaredError(of: { s in mean(s) }, target: 0, under: Normal(mean: 0, standardDeviation: 1), n: 10, replications: 500) ≈ 0.1, within: 5.sigma)",
            ""
        ),
        (
            "expect(probability(of: { x in x > 1 }, under: Exponential(rate: 1), draws: 2000) ≈ exp(-1), within: 5.sigma)",
            ""
        ),
        (
            "let f = DataFrame([\"x\": [1, 2], \"g\": [\"a\", \"b\"]]); f.filter { row in row[\"x\"] > 1 }[\"g\"]",
            "[\"b\"]"
        ),
    ])
    func givesValues(_ script: String, _ expected: String) throws {
        do {
            #expect(try shown(script) == expected)
        } catch {
            Issue.record("\(script): \(error)")
        }
    }

    @Test(arguments: [
        (
            "Normal(mean: 0, standardDeviation: -1)",
            "1:36 script/parameter: standardDeviation is -1.0, but must be positive and finite"
        ),
        (
            "Normal(0, 1)",
            "1:8 script/unknown-label: this argument of Normal needs its label `mean:` [Normal(mean: number, standardDeviation: number) -> distribution]"
        ),
        (
            "Gamma(shape: 1, rat: 2)",
            "1:17 script/unknown-label: Gamma has no parameter `rat` [did you mean `rate:`? Gamma(shape: number, rate: number) -> distribution\n         or Gamma(shape: number, scale: number) -> distribution]"
        ),
        (
            "Gama(shape: 1, rate: 2)",
            "1:1 script/unknown-name: there is nothing called 'Gama' here [did you mean `Gamma`?]"
        ),
        (
            "Gamma(shape: 1, rate: 2).maen",
            "1:26 script/unknown-name: a distribution has no member 'maen' [did you mean `.mean`?]"
        ),
        (
            "Gamma.fti([1])",
            "1:7 script/unknown-name: 'Gamma' has nothing called 'fti' [did you mean `Gamma.fit`?]"
        ),
        (
            "Normal(mean: 0, standardDeviation: 1).sample(1e15)",
            "1:46 script/limit: this would hold 1e+15 numbers, 8 PB [the limit is 1.07 GB]"
        ),
        (
            "tTest([1, 2], alternative: .les)",
            "1:29 script/unknown-name: `alternative` has no choice '.les' [did you mean `.less`?]"
        ),
        (
            "minimize({ p in p[0] }, from: [1], method: .gradientDescent(steps: 3))",
            "1:44 script/argument-count: '.gradientDescent' needs `rate:`"
        ),
        (
            "gradient({ p in median(p) }, at: [1, 2])",
            "1:24 script/differentiate: this needs a known number, but depends on what the function is differentiated by [sums, products, powers, comparisons and the elementary functions work]"
        ),
        (
            "DataFrame([\"x\": [1]])[\"x\"].mean",
            "1:28 script/unknown-name: a vector or list or mask has no member 'mean' [`mean` is a function: write mean(…)]"
        ),
        ("median([])", "1:8 script/size: `x` is empty"),
        (
            "Matrix([[1, 2], [3]])",
            "1:1 script/error: Matrix: found row 0 with 2 entries and row 1 with 1; all rows must have the same length"
        ),
    ])
    func explainsErrors(_ script: String, _ expected: String) {
        #expect(failure(script) == expected)
    }

    @Test func everySignatureIsRead() {
        let registry = Registry.standard
        #expect(registry.all.count > 200)
        var seen: Set<String> = []
        for function in registry.all {
            let name = "\(function.owner ?? "").\(function.signature)"
            #expect(seen.insert(name).inserted, "\(name) stands twice")
            #expect(!function.documentation.isEmpty, "\(name)")
            #expect(
                !function.name.isEmpty && !function.parameters.contains { $0.name.isEmpty },
                "\(name)")
            for type in function.parameters.map(\.type) + [function.result] {
                #expect(type.names?.contains("") != true, "\(name)")
            }
            for parameter in function.parameters {
                let options = parameter.defaultText ?? "nil"
                let isLiteral =
                    options == "nil" || options == "true" || options == "false"
                    || Double(options) != nil || options.hasPrefix(".")
                #expect(isLiteral, "\(name): \(options)")
            }
        }
    }

    @Test func helpKnowsEveryName() throws {
        let registry = Registry.standard
        for function in registry.all {
            let name = function.owner.map { "\($0).\(function.name)" } ?? function.name
            #expect(try registry.help(name).contains(function.documentation))
        }
        #expect(
            try registry.help("Normal").hasPrefix("Normal(mean: number, standardDeviation: number)")
        )
        #expect(throws: Diagnostic.self) { try registry.help("Nromal") }
    }

    @Test func namesOfOtherLanguagesAreExplained() throws {
        for (name, here) in ForeignNames.equivalents {
            #expect(Registry.standard.functions[name] == nil, "\(name) is a name here")
            let error = #expect(throws: DiagnosticList.self) {
                try ScriptSession().evaluate(name)
            }
            #expect(error.map { "\($0)".contains(here) } ?? false)
        }
        #expect(Registry.standard.overview.contains("members of an estimate:"))
        #expect(try ScriptSession().evaluate("max([1, 5, 2]) - min([3, 1])").text == "4")
    }

    @Test func valuesHaveJson() throws {
        let session = ScriptSession()
        func json(_ line: String) throws -> String {
            try session.evaluate(line).json().text().filter { $0 != " " }
        }
        #expect(try json("1 / 4") == "0.25")
        #expect(try json("3") == "3")
        #expect(try json("[1, 2.5]") == "[1,2.5]")
        #expect(try json("[\"a\": true]") == "{\"a\":true}")
        #expect(try json("estimate(mean: [1, 3])").contains("\"standard_error\":1"))
        #expect(try json("tTest([1, 2, 3])").contains("pValue"))
        #expect(try json("\"text\"") == "\"text\"")
    }

    @Test func aModelIsSampled() throws {
        let text =
            head + """
                ```stan #coin
                data { int<lower=0> n; int<lower=0, upper=n> k; }
                parameters { real<lower=0, upper=1> p; }
                model { k ~ binomial(n, p); }
                ```
                ```buffon #fit
                let fit = coin.sample(data: ["n": 10, "k": 7], chains: 4, warmup: 300, draws: 300)
                fit.summary("p")
                expect(fit.estimate("p") ≈ 8 / 12, within: 5.sigma)
                expect(fit["p"].count == 1200)
                fit.diagnose().divergences
                plot(rank(fit, "p"))
                plot(density(fit["p"]), x: "p")
                ```
                ```buffon #wrong
                coin.sample(data: ["n": 10])
                ```
                """
        let folder = try TemporaryFolder()
        let path = try folder.write("n.md", text)
        let result = try NotebookRunner(Notebook(path: path)).run()
        #expect(result.cells[1].isGood, "\(result.cells[1].message ?? "")")
        #expect(!result.cells[2].isGood)
        #expect(result.cells[2].message?.contains("k") ?? false)
        try result.write()
        let written = try folder.read("n.md")
        #expect(written.contains("<!-- errors . "))
        let report = try Notebook(path: path).verify()
        #expect(report.cells[1].problems.isEmpty, "\(report)")
        #expect(report.comparisonCount >= 5)
    }

    /// Scripts and notebooks with bytes changed, taken out, doubled and moved:
    /// whatever comes, it is an error or a value, never a trap. The seed is
    /// fixed.
    @Test func mutatedTextsNeverTrap() throws {
        let scripts = [
            "let f = { x in x^2 + 1 }\nf(3)\n[1, 2, 3].map { f($0) }.filter { $0 > 2 }",
            "var x = [1, 2, 3]\nfor i in 0..<3 { x[i] *= 2 }\nx[0..<2] .< 3",
            "let d = Gamma(shape: 3, rate: 2)\nd.sample(5)\nd.cdf(d.quantile(0.3))",
            "let m = Matrix([[2, 1], [0, 1]])\nm * m * [1, 2]\nm.svd.u[0, 1]",
            "gradient({ p in sum(p * p) + p[0] }, at: [1, 2])\n\"a \\(1 + 2) b\"",
            "if 1 < 2 { \"yes\" } else { [\"a\": 1][\"a\"] }\nexpect(1 ≈ 1, within: 4.sigma)",
            "tTest([1, 2, 3], mean: 1, alternative: .less).pValue ? 1 : -2^3",
        ]
        let generator = RandomGenerator(seed: 20_261_124)
        let stop = ContinuousClock.now + .seconds(2)
        var count = 0
        while ContinuousClock.now < stop || count < 50 {
            var bytes = Array(scripts[generator.uniform(below: scripts.count)].utf8)
            let other = Array(scripts[generator.uniform(below: scripts.count)].utf8)
            for _ in 0...generator.uniform(below: 4) { mutate(&bytes, other, generator) }
            let text = String(decoding: bytes, as: UTF8.self)
            let session = ScriptSession(seed: 1, timeout: .milliseconds(50))
            session.restrict(elements: 1 << 16)
            do {
                _ = try session.evaluate(text).json()
            } catch is DiagnosticList {
                // What most of them end with.
            } catch is ParameterError {
                // Too large to be shown.
            }
            let document = head + "```buffon #a\n" + text + "\n```\n<!-- out a -->\n<!-- /out -->\n"
            var whole = Array(document.utf8)
            mutate(&whole, other, generator)
            if let parsed = try? Notebook(
                source: SourceText(name: "n.md", bytes: whole), path: "n.md")
            {
                #expect(parsed.bytes(replacing: [:]) == whole)
                _ = parsed.check().map(\.description)
            }
            count += 1
        }
        #expect(count >= 50)
    }

    private func mutate(_ bytes: inout [UInt8], _ other: [UInt8], _ generator: RandomGenerator) {
        guard !bytes.isEmpty else { return }
        let place = generator.uniform(below: bytes.count)
        let letters = Array("()[]{}\"\\.,:;=<>+-*/^!?$0189eπ≈`#\n ".utf8)
        switch generator.uniform(below: 6) {
        case 0: bytes[place] = letters[generator.uniform(below: letters.count)]
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(letters[generator.uniform(below: letters.count)], at: place)
        case 3: bytes[place] = UInt8(generator.uniform(below: 256))
        case 4:
            let start = generator.uniform(below: other.count)
            let length = generator.uniform(below: min(12, other.count - start) + 1)
            bytes.insert(contentsOf: other[start..<start + length], at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
        }
    }
}
