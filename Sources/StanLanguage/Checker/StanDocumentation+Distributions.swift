// SPDX-License-Identifier: GPL-3.0-or-later

extension StanDocumentation {
    /// The distributions, with their parameters in order.
    static let distributionTable = """
        bernoulli: Bernoulli distribution with chance of success theta
        bernoulli_logit: Bernoulli distribution with log odds alpha
        bernoulli_logit_glm: Bernoulli distribution with log odds alpha + x * beta
        binomial: binomial distribution with N trials and chance of success theta
        binomial_logit: binomial distribution with N trials and log odds alpha
        binomial_logit_glm: binomial distribution with N trials and log odds alpha + x * beta
        beta_binomial: beta-binomial distribution with N trials and prior successes alpha, failures beta
        hypergeometric: hypergeometric distribution of N draws from a successes and b failures
        categorical: categorical distribution with probabilities theta
        categorical_logit: categorical distribution with log odds beta
        categorical_logit_glm: categorical distribution with log odds alpha + x * beta
        discrete_range: uniform distribution of integers from l to u
        ordered_logistic: ordered logistic distribution with predictor eta and cut points c
        ordered_logistic_glm: ordered logistic distribution with predictor x * beta and cut points c
        ordered_probit: ordered probit distribution with predictor eta and cut points c
        neg_binomial: negative binomial distribution with shape alpha and inverse scale beta
        neg_binomial_2: negative binomial distribution with mean mu and precision phi
        neg_binomial_2_log: negative binomial distribution with log mean eta and precision phi
        neg_binomial_2_log_glm: negative binomial distribution with log mean alpha + x * beta and precision phi
        beta_neg_binomial: beta negative binomial distribution with r successes and prior alpha, beta
        poisson: Poisson distribution with rate lambda
        poisson_log: Poisson distribution with log rate alpha
        poisson_log_glm: Poisson distribution with log rate alpha + x * beta
        laplace_marginal_bernoulli_logit: Bernoulli distribution with log odds theta[g] + m[g], with theta ~ N(0, K) integrated out by Laplace's method
        laplace_marginal_tol_bernoulli_logit: Bernoulli distribution with log odds theta[g] + m[g], with theta ~ N(0, K) integrated out as the options say
        laplace_marginal_poisson_log: Poisson distribution with log rate theta[g] + m[g], with theta ~ N(0, K) integrated out by Laplace's method
        laplace_marginal_tol_poisson_log: Poisson distribution with log rate theta[g] + m[g], with theta ~ N(0, K) integrated out as the options say
        laplace_marginal_neg_binomial_2_log: negative binomial distribution with log mean theta[g] + m[g] and precision eta, with theta ~ N(0, K) integrated out by Laplace's method
        laplace_marginal_tol_neg_binomial_2_log: negative binomial distribution with log mean theta[g] + m[g] and precision eta, with theta ~ N(0, K) integrated out as the options say
        poisson_binomial: Poisson-binomial distribution with chances of success theta
        yule_simon: Yule-Simon distribution with shape alpha
        multinomial: multinomial distribution with probabilities theta
        multinomial_logit: multinomial distribution with log odds gamma
        dirichlet_multinomial: Dirichlet-multinomial distribution with prior counts alpha
        normal: normal distribution with location mu and scale sigma
        std_normal: normal distribution with location 0 and scale 1
        normal_id_glm: normal distribution with location alpha + x * beta and scale sigma
        exp_mod_normal: normal distribution with location mu and scale sigma plus an exponential one with rate lambda
        skew_normal: skew normal distribution with location xi, scale omega and slant alpha
        student_t: Student t distribution with degrees of freedom nu, location mu and scale sigma
        cauchy: Cauchy distribution with location mu and scale sigma
        double_exponential: double exponential (Laplace) distribution with location mu and scale sigma
        skew_double_exponential: skew double exponential distribution with location mu, scale sigma and skewness tau
        logistic: logistic distribution with location mu and scale sigma
        gumbel: Gumbel distribution with location mu and scale beta
        lognormal: lognormal distribution: the logarithm has location mu and scale sigma
        chi_square: chi-square distribution with degrees of freedom nu
        inv_chi_square: inverse chi-square distribution with degrees of freedom nu
        scaled_inv_chi_square: scaled inverse chi-square distribution with degrees of freedom nu and scale sigma
        exponential: exponential distribution with rate beta
        gamma: gamma distribution with shape alpha and rate beta
        inv_gamma: inverse gamma distribution with shape alpha and scale beta
        weibull: Weibull distribution with shape alpha and scale sigma
        frechet: Fréchet distribution with shape alpha and scale sigma
        rayleigh: Rayleigh distribution with scale sigma
        loglogistic: log-logistic distribution with scale alpha and shape beta
        pareto: Pareto distribution with least value y_min and shape alpha
        pareto_type_2: Pareto distribution of type 2 with location mu, scale lambda and shape alpha
        wiener: Wiener first passage time with boundary separation alpha, non-decision time tau, bias beta and drift rate delta
        beta: beta distribution with alpha prior successes and beta prior failures
        beta_proportion: beta distribution with mean mu and precision kappa
        von_mises: von Mises distribution with location mu and concentration kappa
        uniform: uniform distribution from alpha to beta
        multi_normal: multivariate normal distribution with location mu and covariance Sigma
        multi_normal_prec: multivariate normal distribution with location mu and precision Omega
        multi_normal_cholesky: multivariate normal distribution with location mu and Cholesky factor L of the covariance
        multi_gp: Gaussian processes of rows with kernel Sigma and inverse scales w
        multi_gp_cholesky: Gaussian processes of rows with Cholesky factor L of the kernel and inverse scales w
        multi_student_t: multivariate Student t distribution with degrees of freedom nu, location mu and scale Sigma
        multi_student_t_cholesky: multivariate Student t distribution with degrees of freedom nu, location mu and Cholesky factor L of the scale
        gaussian_dlm_obs: Gaussian dynamic linear model with design F, transition G, observation noise V, system noise W and initial state m0, C0
        dirichlet: Dirichlet distribution with prior counts alpha
        lkj_corr: LKJ distribution of correlation matrices with shape eta
        lkj_corr_cholesky: LKJ distribution of Cholesky factors of correlation matrices with shape eta
        lkj_cov: LKJ distribution of covariance matrices with scales mu, sigma and shape eta
        wishart: Wishart distribution with degrees of freedom nu and scale S
        wishart_cholesky: Wishart distribution of Cholesky factors with degrees of freedom nu and Cholesky factor L of the scale
        inv_wishart: inverse Wishart distribution with degrees of freedom nu and scale S
        inv_wishart_cholesky: inverse Wishart distribution of Cholesky factors with degrees of freedom nu and Cholesky factor L of the scale
        hmm_latent: hidden states of a hidden Markov model with log likelihoods log_omega, transitions Gamma and initial probabilities rho
        """

    /// What functions ending in `_constrain`, `_jacobian` and `_unconstrain`
    /// have to do with.
    static let constraintTable = """
        lower_bound: A number above a bound
        upper_bound: A number below a bound
        lower_upper_bound: A number between two bounds
        offset_multiplier: A number with an offset and a multiplier
        ordered: A vector in ascending order
        positive_ordered: A positive vector in ascending order
        simplex: A vector of probabilities with sum 1
        unit_vectors: A vector of length 1
        sum_to_zero: A vector, or a matrix in rows and columns, with sum zero
        stochastic_column: A matrix whose columns are simplexes
        stochastic_row: A matrix whose rows are simplexes
        cholesky_factor_corr: The Cholesky factor of a correlation matrix
        cholesky_factor_cov: The Cholesky factor of a covariance matrix
        corr_matrix: A correlation matrix
        cov_matrix: A covariance matrix
        """
}
