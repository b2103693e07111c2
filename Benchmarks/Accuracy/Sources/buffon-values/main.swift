// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

// For accuracy.py. Reads lines `function,arguments…` of special functions and
// `:family,function,x,parameters…` of distributions, and writes a value for each, or `none`
// where there is no such function.
while let line = readLine() {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard let name = fields.first else { continue }
    if name.hasPrefix(":") {
        let parameters = fields.dropFirst(3).compactMap(Double.init)
        let x = Double(fields[2]) ?? .nan
        if let d = family(String(name.dropFirst()), parameters) {
            print(value(d, fields[1], x))
        } else {
            print("none")
        }
    } else if let function = specialFunctions[name] {
        print(function(fields.dropFirst().compactMap(Double.init)))
    } else {
        print("none")
    }
}
