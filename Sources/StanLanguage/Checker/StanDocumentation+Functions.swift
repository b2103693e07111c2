// SPDX-License-Identifier: GPL-3.0-or-later

extension StanDocumentation {
    /// All other functions, by topic.
    static let functionTable = """
        # Constants
        e: The base of the natural logarithm.
        pi: The ratio of a circle's circumference to its diameter.
        sqrt2: The square root of 2.
        log2: The logarithm to base 2; without an argument, the natural logarithm of 2.
        log10: The logarithm to base 10; without an argument, the natural logarithm of 10.
        machine_precision: The distance from 1 to the next larger number.
        positive_infinity: Positive infinity.
        negative_infinity: Negative infinity.
        not_a_number: The value that is not a number.
        # Powers, exponentials and logarithms
        abs: The absolute value; of a complex number its modulus.
        sqrt: The square root.
        cbrt: The cube root.
        square: The square.
        inv: 1 / x.
        inv_sqrt: 1 / sqrt(x).
        inv_square: 1 / x^2.
        pow: x to the power y.
        hypot: sqrt(x^2 + y^2) without overflow.
        exp: The exponential.
        exp2: 2 to the power x.
        expm1: exp(x) - 1, accurate near 0.
        log: The natural logarithm.
        log1p: log(1 + x), accurate near 0.
        log1m: log(1 - x), accurate near 0.
        log1p_exp: log(1 + exp(x)) without overflow.
        log1m_exp: log(1 - exp(x)) for negative x.
        log_sum_exp: The logarithm of the sum of exponentials, without overflow.
        log_diff_exp: log(exp(x) - exp(y)) without overflow.
        log_mix: The log density of a mixture from weights and log densities.
        lmultiply: x * log(y), and 0 when x is 0.
        ldexp: x * 2^y.
        fma: x * y + z.
        lambert_w0: The principal branch of Lambert's W function.
        lambert_wm1: The branch of Lambert's W function below -1.
        # Trigonometric and hyperbolic functions
        sin: The sine.
        cos: The cosine.
        tan: The tangent.
        asin: The inverse sine.
        acos: The inverse cosine.
        atan: The inverse tangent.
        atan2: The angle of the point with ordinate y and abscissa x.
        sinh: The hyperbolic sine.
        cosh: The hyperbolic cosine.
        tanh: The hyperbolic tangent.
        asinh: The inverse hyperbolic sine.
        acosh: The inverse hyperbolic cosine.
        atanh: The inverse hyperbolic tangent.
        # Steps, bounds and rounding
        step: 1 for x of at least 0, else 0.
        int_step: 1 for positive x, else 0, as an integer.
        fdim: x - y when that is positive, else 0.
        fmin: The smaller number.
        fmax: The larger number.
        fmod: The remainder of x / y, with the sign of x.
        floor: The largest integer that is not above x.
        ceil: The smallest integer that is not below x.
        round: The nearest integer, halves away from zero.
        trunc: The integer part.
        is_inf: 1 for positive and negative infinity, else 0.
        is_nan: 1 for a value that is not a number, else 0.
        to_int: The integer part of a number that is data, as an integer.
        # Links of probabilities
        logit: The log odds of a probability.
        inv_logit: The probability with log odds x: 1 / (1 + exp(-x)).
        log_inv_logit: log(inv_logit(x)).
        log1m_inv_logit: log(1 - inv_logit(x)).
        log_inv_logit_diff: log(inv_logit(x) - inv_logit(y)).
        inv_cloglog: 1 - exp(-exp(x)), the inverse of the complementary log-log.
        Phi: The distribution function of the standard normal distribution.
        Phi_approx: An approximation of Phi by a logistic function.
        inv_Phi: The quantile function of the standard normal distribution.
        std_normal_qf: The quantile function of the standard normal distribution.
        std_normal_log_qf: The standard normal quantile of a probability given by its logarithm.
        binary_log_loss: The negative log probability of an outcome 0 or 1 with chance of success theta.
        softmax: Exponentials of a vector's entries, divided by their sum.
        log_softmax: The logarithm of the softmax.
        # Special functions
        erf: The error function.
        erfc: The complementary error function.
        inv_erfc: The inverse of the complementary error function.
        tgamma: The gamma function.
        lgamma: The logarithm of the gamma function's absolute value.
        digamma: The derivative of lgamma.
        trigamma: The second derivative of lgamma.
        lmgamma: The logarithm of the multivariate gamma function of a dimension.
        gamma_p: The lower incomplete gamma function, from 0 to 1.
        gamma_q: The upper incomplete gamma function, from 1 to 0.
        beta: The beta function.
        lbeta: The logarithm of the beta function.
        inc_beta: The incomplete beta function of a, b up to x, from 0 to 1.
        inv_inc_beta: The inverse of the incomplete beta function.
        choose: The number of ways to choose k of n things.
        lchoose: The logarithm of the binomial coefficient, for real arguments too.
        falling_factorial: x * (x - 1) * ... with n factors.
        log_falling_factorial: The logarithm of the falling factorial.
        rising_factorial: x * (x + 1) * ... with n factors.
        log_rising_factorial: The logarithm of the rising factorial.
        bessel_first_kind: The Bessel function of the first kind of an order.
        bessel_second_kind: The Bessel function of the second kind of an order.
        modified_bessel_first_kind: The modified Bessel function of the first kind of an order.
        modified_bessel_second_kind: The modified Bessel function of the second kind of an order.
        log_modified_bessel_first_kind: The logarithm of the modified Bessel function of the first kind of a real order.
        owens_t: Owen's T function.
        hypergeometric_1F0: The hypergeometric function 1F0.
        hypergeometric_2F1: Gauss' hypergeometric function 2F1.
        hypergeometric_3F2: The hypergeometric function 3F2.
        hypergeometric_pFq: The generalized hypergeometric function.
        # Complex numbers
        to_complex: The complex number with a real and an imaginary part.
        get_real: The real part.
        get_imag: The imaginary part.
        arg: The angle of a complex number.
        norm: The squared modulus of a complex number.
        conj: The complex conjugate.
        proj: The projection onto the Riemann sphere.
        polar: The complex number with a modulus and an angle.
        # Sizes
        size: The number of elements of the first dimension; of a matrix, of all entries.
        num_elements: The number of elements of all dimensions.
        dims: The sizes of all dimensions.
        rows: The number of rows.
        cols: The number of columns.
        # Reductions
        sum: The sum of all elements.
        prod: The product of all elements.
        mean: The mean of all elements.
        sd: The standard deviation, with divisor n - 1.
        variance: The variance, with divisor n - 1.
        min: The smallest element.
        max: The largest element.
        quantile: The sample quantiles for probabilities, by linear interpolation.
        dot_product: The sum of the products of the elements.
        dot_self: The sum of the squares of the elements.
        columns_dot_product: The dot products of the columns of two matrices.
        columns_dot_self: The dot product of each column with itself.
        rows_dot_product: The dot products of the rows of two matrices.
        rows_dot_self: The dot product of each row with itself.
        norm1: The sum of the absolute values.
        norm2: The square root of the sum of the squares.
        distance: The distance of two points.
        squared_distance: The squared distance of two points.
        log_determinant: The logarithm of the determinant's absolute value.
        # Making containers
        rep_array: An array of copies of a value.
        rep_vector: A vector of copies of a number.
        rep_row_vector: A row vector of copies of a number.
        rep_matrix: A matrix of copies of a number, row or column.
        zeros_array: An array of zeros.
        zeros_int_array: An array of integer zeros.
        zeros_vector: A vector of zeros.
        zeros_row_vector: A row vector of zeros.
        ones_array: An array of ones.
        ones_int_array: An array of integer ones.
        ones_vector: A vector of ones.
        ones_row_vector: A row vector of ones.
        one_hot_array: An array of zeros with a 1 at a position.
        one_hot_int_array: An array of integer zeros with a 1 at a position.
        one_hot_vector: A vector of zeros with a 1 at a position.
        one_hot_row_vector: A row vector of zeros with a 1 at a position.
        linspaced_array: Numbers at equal distances, as an array.
        linspaced_int_array: Integers at equal distances, as an array.
        linspaced_vector: Numbers at equal distances, as a vector.
        linspaced_row_vector: Numbers at equal distances, as a row vector.
        uniform_simplex: The simplex whose entries are equal.
        identity_matrix: The identity matrix of a size.
        # Conversions
        to_vector: The entries as a vector, columns of a matrix one after the other.
        to_row_vector: The entries as a row vector, columns of a matrix one after the other.
        to_matrix: The entries as a matrix, by columns unless asked otherwise.
        to_array_1d: The entries as an array of one dimension.
        to_array_2d: The entries of a matrix as an array of two dimensions.
        # Parts, joining and order
        head: The first n elements.
        tail: The last n elements.
        segment: n elements from a position on.
        reverse: The elements in reverse order.
        append_array: Two arrays one after the other.
        append_row: Two containers one below the other.
        append_col: Two containers side by side.
        row: A row of a matrix.
        col: A column of a matrix.
        block: The submatrix with a first row and column and a number of rows and columns.
        sub_row: n entries of a row, from a row and column on.
        sub_col: n entries of a column, from a row and column on.
        cumulative_sum: The sums of the first 1, 2, 3, ... elements.
        sort_asc: The elements in ascending order.
        sort_desc: The elements in descending order.
        sort_indices_asc: The positions of the elements in ascending order.
        sort_indices_desc: The positions of the elements in descending order.
        rank: The number of elements smaller than the one at a position.
        # Matrices
        diagonal: The diagonal of a matrix.
        diag_matrix: The matrix with a diagonal and zeros elsewhere.
        add_diag: A matrix with something added to its diagonal.
        diag_pre_multiply: A diagonal matrix, given by its diagonal, times a matrix.
        diag_post_multiply: A matrix times a diagonal matrix, given by its diagonal.
        crossprod: The transpose of a matrix times the matrix.
        tcrossprod: A matrix times its transpose.
        multiply_lower_tri_self_transpose: The lower triangle of a matrix times its transpose.
        quad_form: B' * A * B.
        quad_form_diag: A matrix multiplied from both sides with a diagonal matrix.
        quad_form_sym: B' * A * B for symmetric A, exactly symmetric.
        trace: The sum of the diagonal.
        trace_dot: The trace of the product of two matrices.
        trace_quad_form: The trace of B' * A * B.
        trace_gen_quad_form: The trace of D * B' * A * B.
        symmetrize_from_lower_tri: The symmetric matrix with the lower triangle of a matrix.
        determinant: The determinant.
        log_determinant_spd: The log determinant of a symmetric positive definite matrix.
        inverse: The inverse of a matrix.
        inverse_spd: The inverse of a symmetric positive definite matrix.
        generalized_inverse: The Moore-Penrose inverse.
        chol2inv: The inverse of a matrix from its Cholesky factor.
        mdivide_left_spd: inverse(A) * b for symmetric positive definite A.
        mdivide_left_tri_low: inverse(A) * b for the lower triangle of A.
        mdivide_right_spd: b * inverse(A) for symmetric positive definite A.
        mdivide_right_tri_low: b * inverse(A) for the lower triangle of A.
        matrix_exp: The matrix exponential.
        matrix_exp_multiply: The exponential of a matrix times another matrix.
        scale_matrix_exp_multiply: The exponential of a multiple of a matrix times another matrix.
        matrix_power: A matrix to an integer power.
        cholesky_decompose: The lower Cholesky factor of a symmetric positive definite matrix.
        qr: The factors Q and R of the QR decomposition.
        qr_Q: The orthogonal factor of the QR decomposition.
        qr_R: The triangular factor of the QR decomposition.
        qr_thin: The factors of the thin QR decomposition.
        qr_thin_Q: The orthogonal factor of the thin QR decomposition.
        qr_thin_R: The triangular factor of the thin QR decomposition.
        svd: The factors U, D, V of the singular value decomposition.
        svd_U: The left singular vectors.
        svd_V: The right singular vectors.
        singular_values: The singular values in descending order.
        eigendecompose: The eigenvectors and eigenvalues.
        eigenvalues: The eigenvalues.
        eigenvectors: The eigenvectors.
        eigendecompose_sym: The eigenvectors and eigenvalues of a symmetric matrix.
        eigenvalues_sym: The eigenvalues of a symmetric matrix in ascending order.
        eigenvectors_sym: The eigenvectors of a symmetric matrix.
        complex_schur_decompose: The factors U and T of the complex Schur decomposition.
        complex_schur_decompose_t: The triangular factor of the complex Schur decomposition.
        complex_schur_decompose_u: The unitary factor of the complex Schur decomposition.
        fft: The discrete Fourier transform.
        fft2: The discrete Fourier transform in two dimensions.
        inv_fft: The inverse discrete Fourier transform.
        inv_fft2: The inverse discrete Fourier transform in two dimensions.
        # Sparse matrices
        csr_extract: The values, columns and row starts of a matrix's sparse form.
        csr_extract_w: The values that are not zero, by rows.
        csr_extract_v: The columns of the values that are not zero.
        csr_extract_u: Where each row's values start.
        csr_matrix_times_vector: A sparse matrix times a vector.
        csr_to_dense_matrix: A sparse matrix as a matrix.
        # Covariances of Gaussian processes
        gp_dot_prod_cov: The dot product kernel.
        gp_exp_quad_cov: The squared exponential kernel with magnitude sigma and length scale.
        gp_exponential_cov: The exponential kernel with magnitude sigma and length scale.
        gp_matern32_cov: The Matérn 3/2 kernel with magnitude sigma and length scale.
        gp_matern52_cov: The Matérn 5/2 kernel with magnitude sigma and length scale.
        gp_periodic_cov: The periodic kernel with magnitude sigma, length scale and period.
        # Hidden Markov models
        hmm_marginal: The log likelihood with the hidden states summed out.
        hmm_hidden_state_prob: The probabilities of the hidden states given all observations.
        # Solvers
        ode_rk45: Solves an ordinary differential equation by Dormand and Prince's method.
        ode_rk45_tol: As ode_rk45, with tolerances and a limit of steps.
        ode_ckrk: Solves an ordinary differential equation by Cash and Karp's method.
        ode_ckrk_tol: As ode_ckrk, with tolerances and a limit of steps.
        ode_adams: Solves an ordinary differential equation to high accuracy.
        ode_adams_tol: As ode_adams, with tolerances and a limit of steps.
        ode_bdf: Solves a stiff ordinary differential equation.
        ode_bdf_tol: As ode_bdf, with tolerances and a limit of steps.
        ode_adjoint_tol_ctl: Solves an ordinary differential equation, with the adjoint method's controls.
        integrate_ode_rk45: The older form of ode_rk45.
        integrate_ode_adams: The older form of ode_adams.
        integrate_ode_bdf: The older form of ode_bdf.
        dae: Solves a system of differential and algebraic equations.
        dae_tol: As dae, with tolerances and a limit of steps.
        solve_newton: Solves a system of equations by Newton's method.
        solve_newton_tol: As solve_newton, with tolerances and a limit of steps.
        solve_powell: Solves a system of equations by Powell's hybrid method.
        solve_powell_tol: As solve_powell, with tolerances and a limit of steps.
        algebra_solver: The older form of solve_powell.
        algebra_solver_newton: The older form of solve_newton.
        integrate_1d: The integral of a function, given its argument and the distance to the nearer end.
        integrate_1d_double_exponential: The integral of a function by double exponential quadrature.
        integrate_1d_double_exponential_tol: As integrate_1d_double_exponential, with tolerances.
        integrate_1d_gauss_kronrod: The integral of a function without the distance to the nearer end.
        integrate_1d_gauss_kronrod_tol: As integrate_1d_gauss_kronrod, with tolerances.
        # Embedded Laplace approximation
        laplace_marginal: The log of a Laplace approximation of the marginal likelihood, with latent variables theta ~ N(0, K) integrated out: the log likelihood of theta with its other arguments, the size of the blocks of its Hessian, and the function of K with its arguments.
        laplace_marginal_tol: As laplace_marginal, with options of the search for the mode.
        laplace_latent_rng: Random draw of the latent variables from the normal approximation at their mode.
        laplace_latent_tol_rng: As laplace_latent_rng, with options of the search for the mode.
        laplace_latent_bernoulli_logit_rng: As laplace_latent_rng, for outcomes y with log odds theta[g] + m[g].
        laplace_latent_tol_bernoulli_logit_rng: As laplace_latent_bernoulli_logit_rng, with options of the search for the mode.
        laplace_latent_poisson_log_rng: As laplace_latent_rng, for Poisson counts y with log rates theta[g] + m[g].
        laplace_latent_tol_poisson_log_rng: As laplace_latent_poisson_log_rng, with options of the search for the mode.
        laplace_latent_neg_binomial_2_log_rng: As laplace_latent_rng, for negative binomial counts y with log means theta[g] + m[g] and precision eta.
        laplace_latent_tol_neg_binomial_2_log_rng: As laplace_latent_neg_binomial_2_log_rng, with options of the search for the mode.
        generate_laplace_options: The options of the search for the mode as a tuple: start, tolerance, most steps, solver (1, 2 or 3), most halvings of a step, whether to try the next solver.
        # Functions in parallel
        map_rect: A function applied to each of several sets of parameters and data.
        reduce_sum: The sum of a function over slices of an array.
        reduce_sum_static: The sum of a function over slices of an array of fixed size.
        """
}
