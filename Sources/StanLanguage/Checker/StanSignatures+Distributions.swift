// SPDX-License-Identifier: GPL-3.0-or-later

extension StanSignatures {
    /// Distributions of one number. `cdf` stands for `_cdf`, `_lcdf` and
    /// `_lccdf`; `rng` takes the parameters alone.
    static let univariateTable = """
        bernoulli: lpmf cdf rng: ints | reals
        bernoulli_logit: lpmf rng: ints | reals
        beta: lpdf cdf rng: reals | reals, reals
        beta_binomial: lpmf cdf rng: ints | ints, reals, reals
        beta_neg_binomial: lpmf cdf rng: ints | reals, reals, reals
        beta_proportion: lpdf cdf rng: reals | reals, reals
        binomial: lpmf cdf rng: ints | ints, reals
        binomial_logit: lpmf: ints | ints, reals
        cauchy: lpdf cdf rng: reals | reals, reals
        chi_square: lpdf cdf rng: reals | reals
        discrete_range: lpmf cdf rng: ints | ints, ints
        double_exponential: lpdf cdf rng: reals | reals, reals
        exp_mod_normal: lpdf cdf rng: reals | reals, reals, reals
        exponential: lpdf cdf rng: reals | reals
        frechet: lpdf cdf rng: reals | reals, reals
        gamma: lpdf cdf rng: reals | reals, reals
        gumbel: lpdf cdf rng: reals | reals, reals
        hypergeometric: lpmf rng: int | int, int, int
        inv_chi_square: lpdf cdf rng: reals | reals
        inv_gamma: lpdf cdf rng: reals | reals, reals
        logistic: lpdf cdf rng: reals | reals, reals
        loglogistic: lpdf rng: reals | reals, reals
        lognormal: lpdf cdf rng: reals | reals, reals
        neg_binomial: lpmf cdf rng: ints | reals, reals
        neg_binomial_2: lpmf cdf rng: ints | reals, reals
        neg_binomial_2_log: lpmf rng: ints | reals, reals
        normal: lpdf cdf rng: reals | reals, reals
        pareto: lpdf cdf rng: reals | reals, reals
        pareto_type_2: lpdf cdf rng: reals | reals, reals, reals
        poisson: lpmf cdf rng: ints | reals
        poisson_log: lpmf rng: ints | reals
        rayleigh: lpdf cdf rng: reals | reals
        scaled_inv_chi_square: lpdf cdf rng: reals | reals, reals
        skew_double_exponential: lpdf cdf rng: reals | reals, reals, reals
        skew_normal: lpdf cdf rng: reals | reals, reals, reals
        std_normal: lpdf cdf rng: reals |
        student_t: lpdf cdf rng: reals | reals, reals, reals
        uniform: lpdf cdf rng: reals | reals, reals
        von_mises: lpdf cdf rng: reals | reals, reals
        weibull: lpdf cdf rng: reals | reals, reals
        wiener: lpdf: reals | reals, reals, reals, reals
        yule_simon: lpmf cdf rng: ints | reals
        """

    /// Distributions of vectors, matrices and categories, and the densities of
    /// generalised linear models.
    static let multivariateTable = """
        real loglogistic_cdf(reals, reals, reals)
        real bernoulli_logit_glm_lpmf(ints, matrix|row, reals, vector)
        int[] bernoulli_logit_glm_rng(matrix|row, vector, vector)
        real binomial_logit_glm_lpmf(ints, ints, matrix|row, real|vector, vector)
        real categorical_lpmf(ints, vector)
        int categorical_rng(vector)
        real categorical_logit_lpmf(ints, vector)
        int categorical_logit_rng(vector)
        real categorical_logit_glm_lpmf(ints, matrix|row, vector, matrix)
        real dirichlet_lpdf(vecs, vecs)
        vector dirichlet_rng(vector)
        real dirichlet_multinomial_lpmf(int[], vector)
        int[] dirichlet_multinomial_rng(vector, int)
        real gaussian_dlm_obs_lpdf(matrix, matrix, matrix, matrix|vector, matrix, vector, matrix)
        real inv_wishart_lpdf(matrix, real, matrix)
        matrix inv_wishart_rng(real, matrix)
        real inv_wishart_cholesky_lpdf(matrix, real, matrix)
        matrix inv_wishart_cholesky_rng(real, matrix)
        real lkj_corr_lpdf(matrix, real)
        matrix lkj_corr_rng(int, real)
        real lkj_corr_cholesky_lpdf(matrix, real)
        matrix lkj_corr_cholesky_rng(int, real)
        real lkj_cov_lpdf(matrix, vector, vector, real)
        real multi_gp_lpdf(matrix, matrix, vector)
        real multi_gp_cholesky_lpdf(matrix, matrix, vector)
        real multi_normal_lpdf(vecs, vecs, matrix)
        vector multi_normal_rng(vec, matrix)
        vector[] multi_normal_rng(vec[], matrix)
        real multi_normal_cholesky_lpdf(vecs, vecs, matrix)
        vector multi_normal_cholesky_rng(vec, matrix)
        vector[] multi_normal_cholesky_rng(vec[], matrix)
        real multi_normal_prec_lpdf(vecs, vecs, matrix)
        vector multi_normal_prec_rng(vec, matrix)
        vector[] multi_normal_prec_rng(vec[], matrix)
        real multi_student_t_lpdf(vecs, real, vecs, matrix)
        vector multi_student_t_rng(real, vec, matrix)
        vector[] multi_student_t_rng(real, vec[], matrix)
        real multi_student_t_cholesky_lpdf(vecs, real, vecs, matrix)
        vector multi_student_t_cholesky_rng(real, vec, matrix)
        vector[] multi_student_t_cholesky_rng(real, vec[], matrix)
        real multinomial_lpmf(int[], vector)
        int[] multinomial_rng(vector, int)
        real multinomial_logit_lpmf(int[], vector)
        int[] multinomial_logit_rng(vector, int)
        real neg_binomial_2_log_glm_lpmf(ints, matrix|row, real|vector, vector, real)
        real normal_id_glm_lpdf(real|vector, matrix|row, real|vector, vector, real|vector)
        real ordered_logistic_lpmf(int, real, vector)
        real ordered_logistic_lpmf(int[], vector, vector|vector[])
        int ordered_logistic_rng(real, vector)
        real ordered_logistic_glm_lpmf(ints, matrix|row, vector, vector)
        real ordered_probit_lpmf(int, real, vector)
        real ordered_probit_lpmf(int[], real|vector, vector|vector[])
        int ordered_probit_rng(real, vector)
        real poisson_log_glm_lpmf(ints, matrix|row, real|vector, vector)
        real wiener_lpdf(real, real, real, real, real, real)
        real wiener_lpdf(real, real, real, real, real, real, real, real)
        real wiener_lcdf_unnorm(real, real, real, real, real)
        real wiener_lcdf_unnorm(real, real, real, real, real, real, real, real)
        real wiener_lccdf_unnorm(real, real, real, real, real)
        real wiener_lccdf_unnorm(real, real, real, real, real, real, real, real)
        real wishart_lpdf(matrix, real, matrix)
        matrix wishart_rng(real, matrix)
        real wishart_cholesky_lpdf(matrix, real, matrix)
        matrix wishart_cholesky_rng(real, matrix)
        """
}
