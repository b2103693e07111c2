// SPDX-License-Identifier: GPL-3.0-or-later

extension Workspace {
    func forwardExternal(_ s: UnsafePointer<Instruction>) {
        let out = values + Int(s.pointee.out)
        do {
            try externals[Int(s.pointee.extra)].evaluate(
                at: values + Int(s.pointee.a), into: out)
        } catch {
            if failure == nil { failure = error }
            out.update(repeating: .nan, count: Int(s.pointee.count))
        }
    }

    func reverseExternal(_ s: UnsafePointer<Instruction>) {
        guard s.pointee.activeA else { return }
        externals[Int(s.pointee.extra)].addAdjoints(
            at: values + Int(s.pointee.a), outputs: values + Int(s.pointee.out),
            outputAdjoints: adjoints + Int(s.pointee.out), into: adjoints + Int(s.pointee.a))
    }

    func forwardPointwise(_ s: UnsafePointer<Instruction>) {
        let step = program.pointwise[Int(s.pointee.extra)]
        let count = Int(s.pointee.count)
        let arguments = step.arguments.count
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * arguments) { buffer in
            guard let x = buffer.baseAddress else { return }
            let partials = x + arguments
            for lane in 0..<count {
                for (k, argument) in step.arguments.enumerated() {
                    x[k] = values[Int(argument.offset) + lane * Int(argument.stride)]
                }
                values[Int(s.pointee.out) + lane] = step.function.evaluate(x, partials)
                for k in 0..<arguments {
                    values[Int(s.pointee.b) + k * count + lane] = partials[k]
                }
            }
        }
    }

    func reversePointwise(_ s: UnsafePointer<Instruction>) {
        let step = program.pointwise[Int(s.pointee.extra)]
        let count = Int(s.pointee.count)
        let seeds = adjoints + Int(s.pointee.out)
        for (k, argument) in step.arguments.enumerated() where argument.active {
            let partials = values + Int(s.pointee.b) + k * count
            let into = adjoints + Int(argument.offset)
            for lane in 0..<count where seeds[lane] != 0 {
                into[lane * Int(argument.stride)] += seeds[lane] * partials[lane]
            }
        }
    }
}
