// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Foundation
import LinearAlgebra
import Randomness

extension Registry {
    /// A function of one number, which goes element by element through
    /// vectors and matrices, propagates the error of an estimate, and can be
    /// differentiated.
    mutating func elementwise(
        _ name: String, _ documentation: String, _ function: @escaping @Sendable (Double) -> Double,
        _ traced: @escaping @Sendable (Traced) -> Traced
    ) {
        define(
            "\(name)(_ x: number|vector|matrix|estimate) -> number|vector|matrix|estimate",
            documentation, scalar: function
        ) { call in
            let argument = try call.argument("x")
            switch argument.value {
            case .number(let x): return .number(function(x))
            case .traced(let x): return .traced(traced(x))
            case .matrix(let x):
                return .matrix(x.map(function))
            case .estimate(let x):
                // The slope from the traced function: exact.
                let slope = try DifferentiableFunction(dimension: 1, at: [x.value]) { trace in
                    traced(trace.input())
                }.valueAndGradient(at: [x.value]).1
                return .estimate(x.map(function, derivative: { _ in slope.first ?? .nan }))
            default: return .vector(try call.vector(argument).map(function))
            }
        }
    }

    /// A function of two numbers, element by element when one is a vector.
    mutating func elementwise(
        _ name: String, _ signature: String, _ documentation: String,
        _ function: @escaping @Sendable (Double, Double) -> Double,
        _ traced: @escaping @Sendable (Traced, Traced) -> Traced
    ) {
        define("\(name)(\(signature)) -> number|vector", documentation) { call in
            let a = call.arguments[0][0]
            let b = call.arguments[1][0]
            switch (a.value, b.value) {
            case (.number(let x), .number(let y)): return .number(function(x, y))
            case (.traced, _), (_, .traced):
                guard let x = a.value.tracedValue, let y = b.value.tracedValue,
                    x.shape == y.shape || x.shape.isScalar || y.shape.isScalar
                else { throw call.failure("the two arguments differ in size", code: "size") }
                return .traced(traced(x, y))
            case (.number(let x), _): return .vector(try call.vector(b).map { function(x, $0) })
            case (_, .number(let y)): return .vector(try call.vector(a).map { function($0, y) })
            default:
                let x = try call.vector(a)
                let y = try call.vector(b)
                guard x.count == y.count else {
                    throw call.failure(
                        "\(name) needs vectors of one length, not \(x.count) and \(y.count)",
                        code: "size")
                }
                return .vector(zip(x, y).map(function))
            }
        }
    }

    mutating func addMathematics() {
        define("π -> number", "The circumference of a circle over its diameter, 3.14159…") { _ in
            .number(.pi)
        }
        define("pi -> number", "The same as π.") { _ in .number(.pi) }
        define("infinity -> number", "Larger than every number.") { _ in .number(.infinity) }
        define("nan -> number", "Not a number: an undefined or missing value.") { _ in
            .number(.nan)
        }
        elementwise("exp", "The exponential function.", { Foundation.exp($0) }) {
            Autodiff.exp($0)
        }
        elementwise("log", "The natural logarithm.", { Foundation.log($0) }) { Autodiff.log($0) }
        elementwise("log1p", "log(1 + x), exact for small x.", { Foundation.log1p($0) }) {
            Autodiff.log1p($0)
        }
        elementwise("expm1", "exp(x) − 1, exact for small x.", { Foundation.expm1($0) }) {
            Autodiff.expm1($0)
        }
        elementwise("log2", "The logarithm to base 2.", { Foundation.log2($0) }) {
            Autodiff.log2($0)
        }
        elementwise("log10", "The logarithm to base 10.", { Foundation.log10($0) }) {
            Autodiff.log10($0)
        }
        elementwise("exp2", "2 to the power x.", { Foundation.exp2($0) }) { Autodiff.exp2($0) }
        elementwise("sqrt", "The square root.", { $0.squareRoot() }) { Autodiff.sqrt($0) }
        elementwise("cbrt", "The cube root.", { Foundation.cbrt($0) }) { Autodiff.cbrt($0) }
        elementwise("abs", "The absolute value.", { Swift.abs($0) }) { Autodiff.abs($0) }
        elementwise("sin", "The sine.", { Foundation.sin($0) }) { Autodiff.sin($0) }
        elementwise("cos", "The cosine.", { Foundation.cos($0) }) { Autodiff.cos($0) }
        elementwise("tan", "The tangent.", { Foundation.tan($0) }) { Autodiff.tan($0) }
        elementwise("asin", "The inverse sine.", { Foundation.asin($0) }) { Autodiff.asin($0) }
        elementwise("acos", "The inverse cosine.", { Foundation.acos($0) }) { Autodiff.acos($0) }
        elementwise("atan", "The inverse tangent.", { Foundation.atan($0) }) { Autodiff.atan($0) }
        elementwise("sinh", "The hyperbolic sine.", { Foundation.sinh($0) }) { Autodiff.sinh($0) }
        elementwise("cosh", "The hyperbolic cosine.", { Foundation.cosh($0) }) {
            Autodiff.cosh($0)
        }
        elementwise("tanh", "The hyperbolic tangent.", { Foundation.tanh($0) }) {
            Autodiff.tanh($0)
        }
        elementwise("asinh", "The inverse hyperbolic sine.", { Foundation.asinh($0) }) {
            Autodiff.asinh($0)
        }
        elementwise("acosh", "The inverse hyperbolic cosine.", { Foundation.acosh($0) }) {
            Autodiff.acosh($0)
        }
        elementwise("atanh", "The inverse hyperbolic tangent.", { Foundation.atanh($0) }) {
            Autodiff.atanh($0)
        }
        elementwise("floor", "The next whole number below.", { $0.rounded(.down) }) {
            Autodiff.floor($0)
        }
        elementwise("ceil", "The next whole number above.", { $0.rounded(.up) }) {
            Autodiff.ceil($0)
        }
        elementwise("round", "The closest whole number, halves away from 0.", { $0.rounded() }) {
            Autodiff.round($0)
        }
        elementwise("trunc", "The whole part.", { $0.rounded(.towardZero) }) {
            Autodiff.trunc($0)
        }
        elementwise("erf", "The error function.", { Foundation.erf($0) }) { Autodiff.erf($0) }
        elementwise("erfc", "1 − erf(x), exact in the tail.", { Foundation.erfc($0) }) {
            Autodiff.erfc($0)
        }
        let pair = "_ a: number|vector, _ b: number|vector"
        elementwise("pow", pair, "a to the power b.", { Foundation.pow($0, $1) }) {
            Autodiff.pow($0, $1)
        }
        elementwise(
            "atan2", "_ y: number|vector, _ x: number|vector", "The angle of the point (x, y).",
            { Foundation.atan2($0, $1) }
        ) { Autodiff.atan2($0, $1) }
        elementwise("hypot", pair, "√(a² + b²) without overflow.", { Foundation.hypot($0, $1) }) {
            Autodiff.hypot($0, $1)
        }
    }
}
