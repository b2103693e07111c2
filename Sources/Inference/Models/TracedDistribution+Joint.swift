// SPDX-License-Identifier: GPL-3.0-or-later

import Distributions

extension TracedDistribution {
    /// A normal vector with a covariance matrix.
    public static func multivariateNormal(
        mean: some Quantity, covariance: some Quantity
    ) -> TracedDistribution {
        .init(
            joint: MultivariateNormal.self, [mean, covariance],
            sizes: { n, sizes in sizes == [n, n * n] }, "n, n and n × n")
    }

    /// A normal vector with the Cholesky factor of its covariance matrix.
    public static func multivariateNormal(
        mean: some Quantity, choleskyFactor: some Quantity
    ) -> TracedDistribution {
        .init(
            joint: MultivariateNormalCholesky.self, [mean, choleskyFactor],
            sizes: { n, sizes in sizes == [n, n * n] }, "n, n and n × n")
    }

    /// The Dirichlet distribution of a simplex.
    public static func dirichlet(concentration: some Quantity) -> TracedDistribution {
        .init(
            joint: Dirichlet.self, [concentration],
            sizes: { n, sizes in sizes == [n] }, "equal")
    }

    /// The distribution of Lewandowski, Kurowicka and Joe of the Cholesky
    /// factor of a correlation matrix: uniform over correlation matrices for
    /// shape 1, closer to the identity for larger shapes.
    public static func choleskyCorrelation(shape: some Quantity) -> TracedDistribution {
        .init(
            joint: LKJCorrelationCholesky.self, [shape],
            sizes: { _, sizes in sizes == [1] }, "n × n and a scalar")
    }
}
