// SPDX-License-Identifier: GPL-3.0-or-later

/// A checked statement.
package final class StanStatement: Sendable {
    package let kind: Kind
    /// Byte offsets into the source.
    package let range: Range<Int>

    package init(_ kind: Kind, range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    package indirect enum Kind: Sendable {
        case declaration(StanDeclaration)
        case assignment(StanAssignment)
        /// `(a, (b, c)) = value;`: the value is evaluated first, then assigned
        /// element by element, promoted where the types differ.
        case unpacking([StanUnpackingTarget], StanExpression)
        /// `target += x`: containers are summed.
        case targetIncrement(StanExpression)
        /// `jacobian += x`: containers are summed.
        case jacobianIncrement(StanExpression)
        case sampling(StanSampling)
        /// Inclusive bounds; no round when upper < lower.
        case forRange(StanVariable, lower: StanExpression, upper: StanExpression, StanStatement)
        /// Over the elements of an array, the entries of a vector, or those
        /// of a matrix in column-major order. The loop variable is a copy.
        case forEach(StanVariable, in: StanExpression, StanStatement)
        case whileLoop(StanExpression, StanStatement)
        case conditional(StanExpression, then: StanStatement, else: StanStatement?)
        case breakLoop
        case continueLoop
        case returnValue(StanExpression?)
        case block([StanStatement])
        case profile(String, [StanStatement])
        case print([StanPrintItem])
        case reject([StanPrintItem])
        case fatalError([StanPrintItem])
        /// A call of a function without result.
        case call(StanExpression)
        case empty
    }
}

/// An item of `print`, `reject` or `fatal_error`.
package enum StanPrintItem: Sendable {
    case text(String)
    case expression(StanExpression)
}

/// The left side of an assignment: a variable, then tuple elements and
/// indices from left to right.
package final class StanLeftValue: Sendable {
    package enum Step: Sendable {
        case indices([StanIndex])
        /// Element of a tuple, from 0.
        case tupleElement(Int)
    }

    package let variable: StanVariable
    package let steps: [Step]
    /// The type of the place.
    package let type: StanType
    package let range: Range<Int>

    package init(variable: StanVariable, steps: [Step], type: StanType, range: Range<Int>) {
        self.variable = variable
        self.steps = steps
        self.type = type
        self.range = range
    }
}

/// One element on the left of an unpacking assignment.
package indirect enum StanUnpackingTarget: Sendable {
    case place(StanLeftValue)
    case nested([StanUnpackingTarget])
}

/// `x[i] = value;` or `x += value;`
package final class StanAssignment: Sendable {
    package let target: StanLeftValue
    /// The operator of a compound assignment (`+=` is `add`): the new value is
    /// `target operator value`. Then the value keeps its own type.
    package let compound: StanBinaryOperator?
    /// Promoted to the target's type when there is no operator.
    package let value: StanExpression

    package init(target: StanLeftValue, compound: StanBinaryOperator?, value: StanExpression) {
        self.target = target
        self.compound = compound
        self.value = value
    }
}

/// `y ~ normal(mu, sigma) T[a, b];`
package final class StanSampling: Sendable {
    /// The density as a call (library or user) that drops constants; its
    /// first argument is the variate. Its value is added to the target.
    package let density: StanExpression
    package let truncation: StanTruncation?

    package init(density: StanExpression, truncation: StanTruncation?) {
        self.density = density
        self.truncation = truncation
    }
}

/// The truncation of a `~` statement. When the variate lies outside the
/// bounds the target becomes −∞; otherwise `normalizer` is subtracted from it.
package final class StanTruncation: Sendable {
    package let variate: StanExpression
    package let lower: StanExpression?
    package let upper: StanExpression?
    /// The log of the probability between the bounds, as an expression of
    /// calls: `normal_lcdf(b | …)`, `normal_lccdf(a | …)`, or `log_diff_exp`
    /// of two `_lcdf`. For an integer variate the lower bound is included.
    package let normalizer: StanExpression?

    package init(
        variate: StanExpression, lower: StanExpression?, upper: StanExpression?,
        normalizer: StanExpression?
    ) {
        self.variate = variate
        self.lower = lower
        self.upper = upper
        self.normalizer = normalizer
    }
}
