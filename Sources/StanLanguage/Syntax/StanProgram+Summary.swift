// SPDX-License-Identifier: GPL-3.0-or-later

extension StanProgram {
    /// What a program declares and uses, as `buffon check` shows it.
    public struct Summary: Sendable {
        /// A variable at the top level of a block.
        public struct Variable: Hashable, Sendable {
            public var name: String
            /// The type without sizes.
            public var type: StanType
            /// The type with sizes and constraint as they are written:
            /// `array[N] vector<lower=0>[K]`.
            public var declaration: String
        }

        public var data: [Variable]
        public var transformedData: [Variable]
        public var parameters: [Variable]
        public var transformedParameters: [Variable]
        public var generatedQuantities: [Variable]
        /// The program's own functions: `rate(real, data vector) => real`.
        public var functions: [String]
        /// Library functions and densities that the program calls, sorted.
        public var libraryFunctions: [String]
    }

    /// The variables of each block and the functions used.
    public var summary: Summary {
        Summary(
            data: variables(of: data), transformedData: variables(of: transformedData),
            parameters: variables(of: parameters),
            transformedParameters: variables(of: transformedParameters),
            generatedQuantities: variables(of: generatedQuantities),
            functions: functions.map { function in
                function.name
                    + StanFunctionType(
                        arguments: function.arguments.map {
                            .init(type: $0.type, isDataOnly: $0.isData && !$0.type.isIntegral)
                        }, result: function.result
                    ).description
            },
            libraryFunctions: libraryFunctions)
    }

    private func variables(of block: StanBlock) -> [Summary.Variable] {
        block.declarations.map { declaration in
            Summary.Variable(
                name: declaration.variable.name, type: declaration.variable.type,
                declaration: describe(declaration.sizedType, declaration.transformation))
        }
    }

    private func text(_ expression: StanExpression) -> String {
        source.text(in: expression.range)
    }

    private func describe(_ type: StanSizedType, _ transformation: StanTransformation) -> String {
        if case .array(let sizes, let element) = type {
            let list = sizes.map(text).joined(separator: ", ")
            return "array[\(list)] \(describe(element, transformation))"
        }
        if case .tuple(let elements) = type {
            let list = elements.map { describe($0.type, $0.transformation) }
            return "tuple(\(list.joined(separator: ", ")))"
        }
        let (name, sizes) = basic(type)
        var brackets = sizes.map(text).joined(separator: ", ")
        if !brackets.isEmpty { brackets = "[\(brackets)]" }
        if let special = special(transformation) {
            let square = sizes.count == 2 && text(sizes[0]) == text(sizes[1])
            let keepsBoth = [
                "sum_to_zero_matrix", "column_stochastic_matrix", "row_stochastic_matrix",
            ]
            return square && !keepsBoth.contains(special)
                ? "\(special)[\(text(sizes[0]))]" : special + brackets
        }
        return name + bounds(transformation) + brackets
    }

    private func basic(_ type: StanSizedType) -> (String, [StanExpression]) {
        switch type {
        case .int: return ("int", [])
        case .real: return ("real", [])
        case .complex: return ("complex", [])
        case .vector(let n): return ("vector", [n])
        case .rowVector(let n): return ("row_vector", [n])
        case .matrix(let r, let c): return ("matrix", [r, c])
        case .complexVector(let n): return ("complex_vector", [n])
        case .complexRowVector(let n): return ("complex_row_vector", [n])
        case .complexMatrix(let r, let c): return ("complex_matrix", [r, c])
        case .array, .tuple: return ("", [])
        }
    }

    private func bounds(_ transformation: StanTransformation) -> String {
        switch transformation {
        case .lower(let a): return "<lower=\(text(a))>"
        case .upper(let b): return "<upper=\(text(b))>"
        case .lowerUpper(let a, let b): return "<lower=\(text(a)), upper=\(text(b))>"
        case .offset(let a): return "<offset=\(text(a))>"
        case .multiplier(let b): return "<multiplier=\(text(b))>"
        case .offsetMultiplier(let a, let b):
            return "<offset=\(text(a)), multiplier=\(text(b))>"
        default: return ""
        }
    }

    private func special(_ transformation: StanTransformation) -> String? {
        switch transformation {
        case .simplex: return "simplex"
        case .ordered: return "ordered"
        case .positiveOrdered: return "positive_ordered"
        case .unitVector: return "unit_vector"
        case .sumToZeroVector: return "sum_to_zero_vector"
        case .sumToZeroMatrix: return "sum_to_zero_matrix"
        case .columnStochastic: return "column_stochastic_matrix"
        case .rowStochastic: return "row_stochastic_matrix"
        case .covariance: return "cov_matrix"
        case .correlation: return "corr_matrix"
        case .choleskyCovariance: return "cholesky_factor_cov"
        case .choleskyCorrelation: return "cholesky_factor_corr"
        default: return nil
        }
    }
}
