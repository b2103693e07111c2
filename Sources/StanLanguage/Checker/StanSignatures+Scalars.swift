// SPDX-License-Identifier: GPL-3.0-or-later

extension StanSignatures {
    /// Functions of one real number that apply to every element of a
    /// container.
    static let elementwiseNames: [String] = """
        Phi Phi_approx acos acosh asin asinh atan atanh cbrt ceil cos cosh digamma erf erfc exp
        exp2 expm1 floor inv inv_Phi inv_cloglog inv_erfc inv_logit inv_sqrt inv_square
        lambert_w0 lambert_wm1 lgamma log log10 log1m log1m_exp log1m_inv_logit log1p log1p_exp
        log2 log_inv_logit logit round sin sinh sqrt square std_normal_log_qf std_normal_qf tan
        tanh tgamma trigamma trunc
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    /// Of these there is a complex version.
    static let complexNames: [String] = """
        acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    static let scalarTable = """
        real e()
        real log10()
        real log2()
        real machine_precision()
        real negative_infinity()
        real not_a_number()
        real pi()
        real positive_infinity()
        real sqrt2()
        Z abs(ielem)
        R abs(elem)
        R atan2(elem, elem)
        R bessel_first_kind(ielem, elem)
        R bessel_second_kind(ielem, elem)
        R beta(elem, elem)
        R binary_log_loss(ielem, elem)
        Z choose(ielem, ielem)
        R falling_factorial(elem, ielem)
        R falling_factorial(elem, elem)
        R fdim(elem, elem)
        real fma(real, real, real)
        R fmax(elem, elem)
        R fmin(elem, elem)
        R fmod(elem, elem)
        R gamma_p(elem, elem)
        R gamma_q(elem, elem)
        real hypergeometric_1F0(real, real)
        real hypergeometric_2F1(real, real, real, real)
        real hypergeometric_3F2(list, list, real)
        real hypergeometric_pFq(list, list, real)
        R hypot(elem, elem)
        real inc_beta(real, real, real)
        real inv_inc_beta(real, real, real)
        int int_step(int)
        int int_step(real)
        int is_inf(real)
        int is_nan(real)
        R lbeta(elem, elem)
        R lchoose(elem, elem)
        R ldexp(elem, ielem)
        R lmgamma(ielem, elem)
        R lmultiply(elem, elem)
        R log_diff_exp(elem, elem)
        R log_falling_factorial(elem, elem)
        R log_inv_logit_diff(elem, elem)
        real log_mix(real, real, real)
        real log_mix(list, list)
        real log_mix(list, vec[])
        R log_modified_bessel_first_kind(elem, elem)
        R log_rising_factorial(elem, elem)
        R log_sum_exp(elem, elem)
        real log_sum_exp(container)
        R modified_bessel_first_kind(ielem, elem)
        R modified_bessel_second_kind(ielem, elem)
        R owens_t(elem, elem)
        R pow(elem, elem)
        R rising_factorial(elem, ielem)
        R rising_factorial(elem, elem)
        real step(real)
        int to_int(data real)
        int to_int(int)
        """
}
