// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// A tiled loop with room for the arguments of its densities.
struct Tile {
    let loop: Program.TiledLoop
    /// Terms of known arguments alone; NaN until computed.
    var constantPart = Double.nan
    let keepsConstants: Bool
    fileprivate let densities: [TileDensity]

    init(_ loop: Program.TiledLoop, _ kernels: Kernels) {
        self.loop = loop
        densities = loop.densities.map { TileDensity($0, kernels) }
        keepsConstants = loop.densities.contains { !$0.droppingConstants }
    }
}

private final class TileDensity {
    let kernel: vm_density
    let flags: UInt32
    let keepsConstants: Bool
    let terms: [DensityTerm.Argument]
    let arguments: UnsafeMutablePointer<UnsafePointer<Double>?>
    let adjoints: UnsafeMutablePointer<UnsafeMutablePointer<Double>?>
    let strides: UnsafeMutablePointer<Int32>

    init(_ term: DensityTerm, _ kernels: Kernels) {
        kernel = kernels.density[Int(term.density.rawValue)]
        flags = term.activeFlags
        keepsConstants = !term.droppingConstants
        terms = term.arguments
        arguments = .allocate(capacity: terms.count)
        adjoints = .allocate(capacity: terms.count)
        strides = .allocate(capacity: terms.count)
        arguments.initialize(repeating: nil, count: terms.count)
        adjoints.initialize(repeating: nil, count: terms.count)
        for (k, term) in terms.enumerated() {
            (strides + k).initialize(to: term.stride == 0 ? 0 : 1)
        }
    }

    deinit {
        arguments.deallocate()
        adjoints.deallocate()
        strides.deallocate()
    }
}

/// Where an operand's entries for a tile begin: arrays move on with the tiles, what
/// goes with all entries (stride 0) and what belongs to the tile (2) does not.
private func shifted(_ place: Int32, _ stride: UInt8, _ low: Int) -> Int {
    stride == 1 ? Int(place) + low : Int(place)
}

extension Workspace {
    /// The terms of a loop; with derivatives, adds to the adjoints of what it reads.
    func run(_ tile: inout Tile, derivatives: Bool) -> Double {
        let loop = tile.loop
        let needsConstants = tile.keepsConstants && tile.constantPart.isNaN
        if needsConstants { tile.constantPart = 0 }
        var total = 0.0
        var low = 0
        while low < loop.count {
            let count = min(loop.width, loop.count - low)
            for step in loop.steps { forward(step, low, count, loop.count) }
            if derivatives {
                for place in loop.locals {
                    (adjoints + Int(place)).update(repeating: 0, count: count)
                }
            }
            for density in tile.densities {
                total += terms(density, low, count, derivatives)
                if needsConstants, density.keepsConstants {
                    for k in density.terms.indices { density.adjoints[k] = nil }
                    tile.constantPart += density.kernel(
                        count, density.arguments, density.strides, density.adjoints, 1,
                        density.flags | Self.onlyConstants)
                }
            }
            for place in loop.terms {
                total += kernels.table.pointee.sum(count, values + Int(place))
                if derivatives {
                    kernels.table.pointee.add_scalar(count, 1, adjoints + Int(place))
                }
            }
            if derivatives {
                for i in stride(from: loop.steps.count - 1, through: 0, by: -1) {
                    reverse(loop.steps[i], low, count, loop.count)
                }
            }
            low += count
        }
        return tile.keepsConstants ? total + tile.constantPart : total
    }

    private func terms(
        _ density: TileDensity, _ low: Int, _ count: Int, _ derivatives: Bool
    ) -> Double {
        for (k, term) in density.terms.enumerated() {
            let at = shifted(term.offset, term.stride, low)
            density.arguments[k] = UnsafePointer(values + at)
            density.adjoints[k] = derivatives && term.active ? adjoints + at : nil
        }
        return density.kernel(
            count, density.arguments, density.strides, density.adjoints, 1,
            density.flags | Self.dropConstants)
    }

    private func forward(_ s: Instruction, _ low: Int, _ count: Int, _ all: Int) {
        let v = values
        let a = v + shifted(s.a, s.strideA, low)
        let out = v + Int(s.out)
        switch s.step {
        case .unary: kernels.unary[Int(s.function)](count, a, out)
        case .binary:
            kernels.binary[Int(s.function)](
                count, a, s.strideA == 0 ? 0 : 1, v + shifted(s.b, s.strideB, low),
                s.strideB == 0 ? 0 : 1, out)
        case .multiplyAdd:
            kernels.table.pointee.multiply_add(
                Int32(s.function), count, a, s.strideA == 0 ? 0 : 1,
                v + shifted(s.b, s.strideB, low), s.strideB == 0 ? 0 : 1,
                v + shifted(s.c, s.strideC, low), s.strideC == 0 ? 0 : 1, out)
        case .select:
            kernels.table.pointee.select(
                count, v + shifted(s.c, s.strideC, low), s.strideC == 0 ? 0 : 1, a,
                s.strideA == 0 ? 0 : 1, v + shifted(s.b, s.strideB, low),
                s.strideB == 0 ? 0 : 1, out)
        case .gather: gather(s.extra, low, count, out)
        case .matrixProduct:
            out.update(repeating: 0, count: count)
            Dense.addProduct(
                v + Int(s.a) + low, v + Int(s.b), into: out, rows: count, of: all,
                inner: Int(s.inner))
        default: break
        }
    }

    private func reverse(_ s: Instruction, _ low: Int, _ count: Int, _ all: Int) {
        let (v, d) = (values, adjoints)
        let (a, b) = (shifted(s.a, s.strideA, low), shifted(s.b, s.strideB, low))
        let out = Int(s.out)
        switch s.step {
        case .unary:
            if s.activeA {
                kernels.unaryReverse[Int(s.function)](count, v + a, v + out, d + out, d + a)
            }
        case .binary:
            kernels.binaryReverse[Int(s.function)](
                count, v + a, s.strideA == 0 ? 0 : 1, v + b, s.strideB == 0 ? 0 : 1, v + out,
                d + out, s.activeA ? d + a : nil, s.activeB ? d + b : nil)
        case .multiplyAdd:
            let c = shifted(s.c, s.strideC, low)
            kernels.table.pointee.multiply_add_reverse(
                Int32(s.function), count, v + a, s.strideA == 0 ? 0 : 1, v + b,
                s.strideB == 0 ? 0 : 1, s.strideC == 0 ? 0 : 1, d + out,
                s.activeA ? d + a : nil, s.activeB ? d + b : nil, s.activeC ? d + c : nil)
        case .select:
            let c = v + shifted(s.c, s.strideC, low)
            let strideC: Int32 = s.strideC == 0 ? 0 : 1
            if s.activeA {
                kernels.table.pointee.select_reverse(
                    count, c, strideC, d + out, d + a, s.strideA == 0 ? 0 : 1, nil, 0)
            }
            if s.activeB {
                kernels.table.pointee.select_reverse(
                    count, c, strideC, d + out, nil, 0, d + b, s.strideB == 0 ? 0 : 1)
            }
        case .gather:
            scatter(s.extra, low, count, d + out)
        case .matrixProduct:
            Dense.addRightAdjoint(
                v + Int(s.a) + low, d + out, into: d + Int(s.b), rows: count, of: all,
                inner: Int(s.inner))
        default: break
        }
    }
}
