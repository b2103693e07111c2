// SPDX-License-Identifier: GPL-3.0-or-later

extension StanSignatures {
    /// Complex numbers, vectors and matrices, Fourier transforms, eigenvalues.
    ///
    /// `complexes` is a number, vector, row vector or matrix, `cvec` a vector or row
    /// vector, `clist` also an array, `ccontainer` all but a number.
    static let complexTable: String = {
        var lines = basicComplexTable
        for name in ["get_real", "get_imag", "abs"] {
            lines += """

                real \(name)(complex)
                vector \(name)(cvector)
                row \(name)(crow)
                matrix \(name)(cmatrix)
                real[] \(name)(complex[])
                """
        }
        for name in ["columns_dot_product", "rows_dot_product"] {
            let result = name.hasPrefix("c") ? "crow" : "cvector"
            lines += """

                \(result) \(name)(cvector, cvector)
                \(result) \(name)(crow, crow)
                \(result) \(name)(cmatrix, cmatrix)
                """
        }
        for (whole, part) in [
            ("complex", "real"), ("cvector", "vector"), ("crow", "row"), ("cmatrix", "matrix"),
            ("complex[]", "real[]"),
        ] {
            lines += "\n\(whole) to_complex(\(part), \(part))"
            if whole == "complex" { continue }
            lines += "\n\(whole) to_complex(\(part), real)\n\(whole) to_complex(real, \(part))"
            lines += "\n\(whole) pow(\(whole), \(whole)|complex)"
            lines += "\n\(whole) pow(complex, \(whole))"
        }
        return lines
    }()

    private static let basicComplexTable = """
        cmatrix add_diag(cmatrix, complex|cvector|crow)
        crow append_col(crow|complex, crow)
        crow append_col(crow, complex)
        cmatrix append_col(cmatrix|cvector, cmatrix|cvector)
        cmatrix append_row(cmatrix|crow, cmatrix|crow)
        cvector append_row(cvector|complex, cvector)
        cvector append_row(cvector, complex)
        real arg(complex)
        cmatrix block(cmatrix, int, int, int, int)
        cvector col(cmatrix, int)
        int cols(cvec|cmatrix)
        crow columns_dot_self(cvec|cmatrix)
        tuple(cmatrix cmatrix) complex_schur_decompose(matrix|cmatrix)
        cmatrix complex_schur_decompose_t(matrix|cmatrix)
        cmatrix complex_schur_decompose_u(matrix|cmatrix)
        first conj(complexes|complex[]|cvec[]|cmatrix[]|complex[,])
        first cumulative_sum(clist)
        cmatrix diag_matrix(cvector)
        cmatrix diag_post_multiply(cmatrix, cvec)
        cmatrix diag_pre_multiply(cvec, cmatrix)
        cvector diagonal(cmatrix)
        complex dot_product(cvec, cvec)
        complex dot_product(complex[], complex[])
        complex dot_self(cvec)
        tuple(cmatrix cvector) eigendecompose(matrix)
        tuple(cmatrix cvector) eigendecompose(cmatrix)
        cvector eigenvalues(matrix)
        cvector eigenvalues(cmatrix)
        cmatrix eigenvectors(matrix)
        cmatrix eigenvectors(cmatrix)
        tuple(cmatrix cvector) eigendecompose_sym(cmatrix)
        cvector eigenvalues_sym(cmatrix)
        cmatrix eigenvectors_sym(cmatrix)
        vector singular_values(cmatrix)
        tuple(cmatrix vector cmatrix) svd(cmatrix)
        cmatrix svd_U(cmatrix)
        cmatrix svd_V(cmatrix)
        cvector fft(cvector)
        cmatrix fft2(cmatrix)
        first head(cvec, int)
        cvector inv_fft(cvector)
        cmatrix inv_fft2(cmatrix)
        real norm(complex)
        int num_elements(cvec|cmatrix)
        complex polar(real, real)
        complex pow(complex, complex)
        complex prod(ccontainer)
        complex proj(complex)
        cmatrix rep_matrix(complex, int, int)
        cmatrix rep_matrix(cvec, int)
        crow rep_row_vector(complex, int)
        cvector rep_vector(complex, int)
        first reverse(cvec)
        crow row(cmatrix, int)
        int rows(cvec|cmatrix)
        cvector rows_dot_self(cvec|cmatrix)
        first segment(cvec, int, int)
        cvector sub_col(cmatrix, int, int, int)
        crow sub_row(cmatrix, int, int, int)
        complex sum(ccontainer)
        cmatrix symmetrize_from_lower_tri(cmatrix)
        first tail(cvec, int)
        complex[] to_array_1d(cvec|cmatrix)
        complex to_complex()
        complex to_complex(real)
        complex[,] to_array_2d(cmatrix)
        cmatrix to_matrix(cmatrix|cvec|crow[]|complex[,])
        cmatrix to_matrix(cmatrix|clist, int, int)
        cmatrix to_matrix(cmatrix|clist, int, int, int)
        crow to_row_vector(ccontainer)
        cvector to_vector(ccontainer)
        complex trace(cmatrix)
        """
}
