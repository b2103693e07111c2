// SPDX-License-Identifier: GPL-3.0-or-later

/// A declared variable: of a block, a local scope, a loop, or a function's
/// argument.
///
/// Every declaration has a slot of its own in its frame. There is one frame
/// for the program (all blocks and the scopes inside them) and one for each
/// call of a function; an expression only ever refers to the frame it stands
/// in, so the slot alone finds the value.
package final class StanVariable: Sendable {
    /// Where a variable was declared.
    package enum Origin: Sendable {
        case data, transformedData, parameters, transformedParameters, generatedQuantities
        /// A local variable of a block or function.
        case local
        /// The variable of a `for` loop, which cannot be assigned.
        case loop
        /// The argument of a function, which cannot be assigned.
        case argument
    }

    package let name: String
    package let type: StanType
    package let slot: Int
    package let origin: Origin
    /// False when the value may depend on parameters. Integers always count as
    /// data; local variables of the model block and of functions otherwise do
    /// not, nor do arguments of functions that are not declared `data`.
    package let isData: Bool
    /// The name at its declaration, as byte offsets into the source.
    package let range: Range<Int>

    package init(
        name: String, type: StanType, slot: Int, origin: Origin, isData: Bool, range: Range<Int>
    ) {
        self.name = name
        self.type = type
        self.slot = slot
        self.origin = origin
        self.isData = isData
        self.range = range
    }
}

/// A type with the expressions for its sizes.
package indirect enum StanSizedType: Sendable {
    case int, real, complex
    case vector(StanExpression)
    case rowVector(StanExpression)
    /// Rows, columns.
    case matrix(StanExpression, StanExpression)
    case complexVector(StanExpression)
    case complexRowVector(StanExpression)
    case complexMatrix(StanExpression, StanExpression)
    /// Sizes of all dimensions; the element is not an array.
    case array([StanExpression], StanSizedType)
    case tuple([Element])

    /// One element of a tuple with its own constraint.
    package struct Element: Sendable {
        package let type: StanSizedType
        package let transformation: StanTransformation

        package init(type: StanSizedType, transformation: StanTransformation) {
            self.type = type
            self.transformation = transformation
        }
    }
}

/// A constraint of a declaration: checked on data and transformed quantities,
/// and the map from unconstrained space on parameters.
///
/// It applies to the innermost type of an array. Bounds, offsets and
/// multipliers are scalars or have the type of one element (a vector's bounds
/// may be a vector) or of the whole variable.
package enum StanTransformation: Sendable {
    case identity
    case lower(StanExpression)
    case upper(StanExpression)
    /// Lower bound, upper bound.
    case lowerUpper(StanExpression, StanExpression)
    case offset(StanExpression)
    case multiplier(StanExpression)
    /// Offset, multiplier.
    case offsetMultiplier(StanExpression, StanExpression)
    case simplex
    case ordered
    case positiveOrdered
    case unitVector
    /// A vector whose sum is zero.
    case sumToZeroVector
    /// A matrix whose rows and columns all sum to zero.
    case sumToZeroMatrix
    case columnStochastic
    case rowStochastic
    case covariance
    case correlation
    /// Square or with more rows than columns.
    case choleskyCovariance
    case choleskyCorrelation
}

/// The declaration of one variable. A declaration of several,
/// `real a, b = 2;`, is a declaration for each.
package final class StanDeclaration: Sendable {
    package let variable: StanVariable
    /// Sizes; a `simplex[K]` is a `.vector(K)`, a `cov_matrix[K]` a `.matrix(K, K)`.
    package let sizedType: StanSizedType
    package let transformation: StanTransformation
    /// The value after `=`, promoted to the variable's type.
    package let initializer: StanExpression?
    package let range: Range<Int>

    package init(
        variable: StanVariable, sizedType: StanSizedType, transformation: StanTransformation,
        initializer: StanExpression?, range: Range<Int>
    ) {
        self.variable = variable
        self.sizedType = sizedType
        self.transformation = transformation
        self.initializer = initializer
        self.range = range
    }
}
