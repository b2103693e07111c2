// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

extension Program {
    /// Moves everything behind places that nothing uses any more, in order.
    ///
    /// - Parameter end: the end of the places in use; constants are behind it.
    /// - Returns: the new end.
    mutating func close(_ holes: [Run], end: Int32) -> Int32 {
        if holes.isEmpty { return end }
        // Before each hole, and after the last, places move by a constant.
        var shifts: [Int32] = [0]
        for hole in holes { shifts.append(shifts[shifts.count - 1] + hole.count) }
        movePlaces { place in
            if place >= end { return place }
            var (low, high) = (0, holes.count)
            while low < high {
                let middle = (low + high) / 2
                if holes[middle].offset <= place { low = middle + 1 } else { high = middle }
            }
            return place - shifts[low]
        }
        return end - shifts[shifts.count - 1]
    }

    /// Changes every place that anything refers to.
    mutating func movePlaces(_ moved: (Int32) -> Int32) {
        moveOperands(moved)
        for i in indexLists.indices {
            for k in indexLists[i].indices { indexLists[i][k] = moved(indexLists[i][k]) }
        }
        for i in codes.indices {
            for k in codes[i].indices {
                let op = codes[i][k].op
                codes[i][k].a = moved(codes[i][k].a)
                // Of operands and rows of them `b` is a number; constants move nowhere near it.
                if op != UInt8(VM_CODE_OPERAND.rawValue), op != UInt8(VM_CODE_LOG_SUM_EXPS.rawValue)
                {
                    codes[i][k].b = moved(codes[i][k].b)
                }
            }
        }
        for i in reductions.indices { move(&reductions[i], moved) }
        for i in termRuns.indices { termRuns[i].offset = moved(termRuns[i].offset) }
        for i in preset.indices { preset[i].0 = moved(preset[i].0) }
    }

    private func move(_ arguments: inout [DensityTerm.Argument], _ moved: (Int32) -> Int32) {
        for k in arguments.indices { arguments[k].offset = moved(arguments[k].offset) }
    }

    /// Changes the places that steps over arrays refer to, and outputs: all that can
    /// be those of shared constants.
    mutating func moveOperands(_ moved: (Int32) -> Int32) {
        func moveStep(_ step: inout Instruction) {
            step.a = moved(step.a)
            if step.step != .code { step.out = moved(step.out) }
            step.b = moved(step.b)
            step.c = moved(step.c)
        }
        for i in instructions.indices { moveStep(&instructions[i]) }
        for i in densityTerms.indices { move(&densityTerms[i].arguments, moved) }
        for i in pointwise.indices { move(&pointwise[i].arguments, moved) }
        for i in tiledLoops.indices {
            for k in tiledLoops[i].steps.indices { moveStep(&tiledLoops[i].steps[k]) }
            for k in tiledLoops[i].densities.indices {
                move(&tiledLoops[i].densities[k].arguments, moved)
            }
            for k in tiledLoops[i].terms.indices {
                tiledLoops[i].terms[k] = moved(tiledLoops[i].terms[k])
            }
            for k in tiledLoops[i].locals.indices {
                tiledLoops[i].locals[k] = moved(tiledLoops[i].locals[k])
            }
        }
        for i in outputs.indices { outputs[i] = moved(outputs[i]) }
        for i in checks.indices {
            checks[i].a = moved(checks[i].a)
            checks[i].b = moved(checks[i].b)
        }
    }
}
