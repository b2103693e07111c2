// SPDX-License-Identifier: GPL-3.0-or-later

/// Posterior means and standard deviations, by Tests/Reference/schools/make.py.
enum EightSchoolsReference {
    static let rows: [(name: String, mean: Double, sd: Double)] = [
        ("mu", 4.4278767662, 3.29501990491),
        ("tau", 3.27411952573, 2.9284783766),
        ("theta.1", 6.00772310827, 5.30296632582),
        ("theta.2", 4.9032455563, 4.5307678393),
        ("theta.3", 4.01312014843, 5.03543739409),
        ("theta.4", 4.73939552053, 4.62393866608),
        ("theta.5", 3.71934012377, 4.51886728736),
        ("theta.6", 4.10585879317, 4.66553521212),
        ("theta.7", 6.11146217969, 4.88528726133),
        ("theta.8", 4.81927648626, 5.0568078592),
    ]
}
