// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

extension Evaluator {
    func assign(_ assignment: StanAssignment) throws {
        let place = assignment.target
        var value = try evaluate(assignment.value)
        if place.steps.isEmpty {
            if let op = assignment.compound {
                let old = slots[place.variable.slot]
                value = try located(place.range) {
                    try binary(op, old, place.type, value, assignment.value.type)
                }
                value = value.promoted(to: place.type)
            }
            try store(value, place)
            return
        }
        let steps = try place.steps.map { try resolve($0) }
        if let op = assignment.compound {
            let old = try read(slots[place.variable.slot], steps[...], place)
            let new = value
            value = try located(place.range) {
                try binary(op, old, place.type, new, assignment.value.type)
            }
            value = value.promoted(to: place.type)
        }
        try write(value, into: &slots[place.variable.slot], steps[...], place)
    }

    func unpack(
        _ targets: [StanUnpackingTarget], _ value: Value, _ range: Range<Int>
    ) throws {
        guard case .tuple(let values) = value, values.count == targets.count else { return }
        for (target, value) in zip(targets, values) {
            switch target {
            case .place(let place):
                let steps = try place.steps.map { try resolve($0) }
                let promoted = value.promoted(to: place.type)
                if steps.isEmpty {
                    try store(promoted, place)
                } else {
                    try write(promoted, into: &slots[place.variable.slot], steps[...], place)
                }
            case .nested(let targets): try unpack(targets, value, range)
            }
        }
    }

    /// Assignment of a whole variable: sizes are fixed by the declaration.
    private func store(_ value: Value, _ place: StanLeftValue) throws {
        let slot = place.variable.slot
        let old = slots[slot]
        if case .void = old {} else { try requireSameSizes(old, value, place) }
        slots[slot] = value
    }

    private func requireSameSizes(_ old: Value, _ new: Value, _ place: StanLeftValue) throws {
        switch (old, new) {
        case (.int, .int), (.real, .real): return
        case (.vector(let x), .vector(let y)) where x.count == y.count: return
        default:
            let expected = old.dimensions
            let found = new.dimensions
            // An empty array does not know its inner sizes.
            guard expected != found, !(old.size == 0 && new.size == 0) else { return }
            throw sizeError(place, expected, found)
        }
    }

    private func sizeError(_ place: StanLeftValue, _ expected: [Int], _ found: [Int]) -> Diagnostic
    {
        func text(_ sizes: [Int]) -> String {
            "(" + sizes.map(String.init).joined(separator: ", ") + ")"
        }
        return Diagnostic(
            code: "stan/size-mismatch",
            "\(program.source.text(in: place.range)) has size \(text(expected)), but the value "
                + "assigned to it has size \(text(found))",
            in: program.source, at: place.range)
    }

    // MARK: - Places

    enum ResolvedStep {
        case indices([ResolvedIndex], [StanIndex])
        case element(Int)
    }

    private func resolve(_ step: StanLeftValue.Step) throws -> ResolvedStep {
        switch step {
        case .indices(let indices): .indices(try indices.map { try resolve($0) }, indices)
        case .tupleElement(let position): .element(position)
        }
    }

    private func read(
        _ value: Value, _ steps: ArraySlice<ResolvedStep>, _ place: StanLeftValue
    ) throws -> Value {
        guard let step = steps.first else { return value }
        switch step {
        case .element(let position):
            guard case .tuple(let elements) = value, elements.indices.contains(position) else {
                return .void
            }
            return try read(elements[position], steps.dropFirst(), place)
        case .indices(let indices, let nodes):
            let part = try select(
                value, indices[...], nodes[...], place.variable.type, place.range)
            return try read(part, steps.dropFirst(), place)
        }
    }

    private func write(
        _ value: Value, into old: inout Value, _ steps: ArraySlice<ResolvedStep>,
        _ place: StanLeftValue
    ) throws {
        guard let step = steps.first else {
            try requireSameSizes(old, value, place)
            old = value
            return
        }
        switch step {
        case .element(let position):
            guard case .tuple = old else { return }
            var elements = Value.takeElements(&old)
            guard elements.indices.contains(position) else { return }
            try write(value, into: &elements[position], steps.dropFirst(), place)
            old = .tuple(elements)
        case .indices(let indices, let nodes):
            try write(
                value, into: &old, indices[...], nodes[...], steps.dropFirst(), place)
        }
    }

    /// Writes where indices point; `later` are the steps that follow them.
    private func write(
        _ value: Value, into old: inout Value, _ indices: ArraySlice<ResolvedIndex>,
        _ nodes: ArraySlice<StanIndex>, _ later: ArraySlice<ResolvedStep>, _ place: StanLeftValue
    ) throws {
        guard let index = indices.first else {
            try write(value, into: &old, later, place)
            return
        }
        let range = nodes.first?.range ?? place.range
        switch Value.container(old) {
        case .vector:
            var entries = Value.takeEntries(&old)
            let count = entries.count
            if case .single(let i) = index {
                guard i >= 1, i <= count else { throw diagnostic(.index(i, count), at: range) }
                entries.set(i - 1, value.expression)
            } else {
                let positions = try located(range) { try index.positions(in: count) }
                guard value.size == positions.count else {
                    throw sizeError(place, [positions.count], value.dimensions)
                }
                entries.set(positions, Entries(value.expression))
            }
            old = .vector(entries)
        case .ints:
            var values = Value.takeIntegers(&old)
            let positions = try located(range) { try index.positions(in: values.count) }
            guard let new = value.integers, new.count == positions.count else {
                throw sizeError(place, [positions.count], value.dimensions)
            }
            for (position, number) in zip(positions, new) { values[position] = number }
            old = .ints(values)
        case .array:
            var values = Value.takeElements(&old)
            let positions = try located(range) { try index.positions(in: values.count) }
            if index.isSingle {
                try write(
                    value, into: &values[positions[0]], indices.dropFirst(), nodes.dropFirst(),
                    later, place)
            } else {
                let parts = value.elements
                guard parts.count == positions.count else {
                    throw sizeError(place, [positions.count], value.dimensions)
                }
                for (position, part) in zip(positions, parts) {
                    try write(
                        part, into: &values[position], indices.dropFirst(), nodes.dropFirst(),
                        later, place)
                }
            }
            old = .array(values)
        case .matrix:
            var matrix = Value.takeMatrix(&old)
            let second = indices.dropFirst().first
            let rows = try located(range) { try index.positions(in: matrix.rows) }
            let columns = try located(nodes.dropFirst().first?.range ?? place.range) {
                try (second ?? .all).positions(in: matrix.columns)
            }
            if index.isSingle, second?.isSingle ?? false {
                matrix.entries.set(columns[0] * matrix.rows + rows[0], value.expression)
            } else {
                let expected =
                    index.isSingle
                    ? [columns.count]
                    : second?.isSingle ?? false ? [rows.count] : [rows.count, columns.count]
                guard value.dimensions == expected else {
                    throw sizeError(place, expected, value.dimensions)
                }
                matrix.entries.set(
                    matrix.positions(rows, columns), Entries(value.expression.elements))
            }
            old = .matrix(matrix)
        case .complex:
            var (real, imaginary) = Value.takeParts(&old)
            let (newReal, newImaginary) = value.complexParts
            try write(newReal, into: &real, indices, nodes, later, place)
            try write(newImaginary, into: &imaginary, indices, nodes, later, place)
            old = .complex(real, imaginary)
        default:
            throw diagnostic(EvaluationError("type", "this value cannot be indexed"), at: range)
        }
    }
}
