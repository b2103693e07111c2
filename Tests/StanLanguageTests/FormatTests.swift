// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Testing

@testable import StanLanguage

func formatted(_ text: String) throws -> String {
    try StanProgram.format(SourceText(name: "test.stan", text: text)).text
}

@Suite struct FormatTests {
    @Test func laysOutAProgram() throws {
        let text = """
            // A model.
            functions{real f(real x,data array[ ]vector y){if(x>0)return x;else return -x;}
              void g( ) ;
              void g() {}
            }


            data{int<lower = 0,upper=10>N;array[N,2]real y ;// the data
              /* how many */ matrix [N , 2] X;
              tuple(int,real) t;

              vector<offset= 1,multiplier=2>[N+1] w;
            }
            transformed  data { }
            parameters {real mu,tau=1;}
            model {
              for(n in 1:N){y[n,]~normal(mu,1)T[,2];}
              for (n in 1:N-1) target+=x[n+1:N,:,1:2];
              while (1)
                mu+=1;
              if (a) { b=1; } else if (c) d = - - 1; else { }
              x = a ? b:c^2+d.^2*-e'%/%2;
              a<-{1,2};
              print( "x = ",x ) ;
              profile("p"){ }
              (a,b)=(1,2.5e3);
            }
            """
        let expected = """
            // A model.
            functions {
              real f(real x, data array[] vector y) {
                if (x > 0) return x;
                else return -x;
              }
              void g();
              void g() {
              }
            }

            data {
              int<lower=0, upper=10> N;
              array[N, 2] real y; // the data
              /* how many */ matrix[N, 2] X;
              tuple(int, real) t;

              vector<offset=1, multiplier=2>[N + 1] w;
            }
            transformed data {
            }
            parameters {
              real mu, tau = 1;
            }
            model {
              for (n in 1:N) {
                y[n, ] ~ normal(mu, 1) T[, 2];
              }
              for (n in 1 : N - 1) target += x[n + 1 : N, :, 1:2];
              while (1)
                mu += 1;
              if (a) {
                b = 1;
              } else if (c) d = - -1;
              else {
              }
              x = a ? b : c^2 + d .^ 2 * -e' %/% 2;
              a <- {1, 2};
              print("x = ", x);
              profile("p") {
              }
              (a, b) = (1, 2.5e3);
            }

            """
        #expect(try formatted(text) == expected)
        #expect(try formatted(expected) == expected)
    }

    @Test func breaksLongLines() throws {
        let text = """
            model {
              target += normal_lpdf(first_outcome | intercept + slope * predictor[group[n]] + more, sigma_of_group[n]);
              real some_quantity = first_term * second_term + third_term * fourth_term + fifth_term - sixth_term;
              if (first_condition > 0 && second_condition > 0 && third_condition > 0 && fourth_condition) x = 1;
              matrix[number_of_rows, number_of_columns] a_rather_long_name = rep_matrix(0, number_of_rows, number_of_columns);
              y = a_long_condition_for_a_choice > 0 ? a_value_if_the_first_holds : another_condition ? b : c;
            }
            """
        let expected = """
            model {
              target += normal_lpdf(first_outcome |
                                    intercept + slope * predictor[group[n]] + more,
                                    sigma_of_group[n]);
              real some_quantity = first_term * second_term + third_term * fourth_term
                                   + fifth_term - sixth_term;
              if (first_condition > 0
                  && second_condition > 0
                  && third_condition > 0
                  && fourth_condition)
                x = 1;
              matrix[number_of_rows, number_of_columns] a_rather_long_name =
                  rep_matrix(0, number_of_rows, number_of_columns);
              y = a_long_condition_for_a_choice > 0
                  ? a_value_if_the_first_holds
                  : another_condition
                  ? b
                  : c;
            }

            """
        #expect(try formatted(text) == expected)
        #expect(try formatted(expected) == expected)
    }

    @Test func keepsComments() throws {
        let text = """
            /* A block
             * of stars. */
            # an old comment

              #include priors.stan
            data { // begins
                // first

                // second
              real x // of x
              ; int n;  /* of n */ // and more
              // last
            } // ends
            model {
              /* free
                   text
                here */
              x ~ normal( // mean
                0 /* a */, 1
                // scale
              );
              if (n) { x = 1; } // then
              // otherwise
              else // what
                y = 2;
              @deprecated x = 1 /* one */ + /* two */ 2;
              {
                // nothing
              }
            }
            // the end
            """
        let expected = """
            /* A block
             * of stars. */
            # an old comment

            #include priors.stan
            data { // begins
              // first

              // second
              real x; // of x
              int n; /* of n */ // and more
              // last
            } // ends
            model {
              /* free
                   text
                here */
              x ~ normal( // mean
                         0, /* a */ 1
                         // scale
              );
              if (n) {
                x = 1;
              } // then
              // otherwise
              else // what
                y = 2;
              @deprecated x = 1 /* one */ + /* two */ 2;
              {
                // nothing
              }
            }
            // the end

            """
        #expect(try formatted(text) == expected)
        #expect(try formatted(expected) == expected)
    }

    /// Files with functions alone, for `#include`.
    /// Bytes of comments that are not UTF-8 are replaced, as the reader of a file would.
    @Test func commentsNeedNotBeUTF8() throws {
        let bytes = Array("model { // Gr".utf8) + [0xF6, 0xDF] + Array("e\n}".utf8)
        let text = try StanProgram.format(SourceText(name: "latin", bytes: bytes)).text
        #expect(text.contains("// Gr\u{FFFD}\u{FFFD}e"))
    }

    @Test func formatsFilesOfFunctions() throws {
        func source(_ text: String) -> SourceText {
            SourceText(name: "f.stanfunctions", text: text)
        }
        let text =
            "// f\nreal f(real x){return x;}\n\n\nvoid g_lp(real[] x)\n{x[1]~normal(0,1);} // g"
        let expected = """
            // f
            real f(real x) {
              return x;
            }

            void g_lp(array[] real x) {
              x[1] ~ normal(0, 1);
            } // g

            """
        #expect(try StanProgram.upgrade(source(text)).text == expected)
        #expect(try StanProgram.format(source(expected)).text == expected)
        #expect(throws: DiagnosticList.self) { try StanProgram.format(source("data { }")) }
        #expect(try StanProgram.parse(source(expected)).functions.count == 2)
    }

    @Test(arguments: ["", "\n\n", "// only this", "data {}", "model { ; }", "\r\nmodel{\r\n}\r\n"])
    func smallPrograms(_ text: String) throws {
        let once = try formatted(text)
        #expect(try formatted(once) == once)
        #expect(!once.contains("\r"))
    }

    @Test(arguments: ["model { x ~ }", "model {", "data { real x }", "$", "model { \"a }"])
    func refusesWhatDoesNotParse(_ text: String) {
        #expect(throws: DiagnosticList.self) { try formatted(text) }
    }

    /// Programs of our own with blanks and comments between any two tokens.
    @Test func commentsAnywhere() throws {
        let pieces = [
            " /* a */ ", " // b\n", "\n", "\n\n\n", "\n  // c\n\n", "\n# d\n", "\n/* e\n   f */\n",
            " /* g\n h*/", "\t", "\n#include x.stan\n", " @a ", "/*i*//*j*/", " ",
        ]
        var generator = SplitMix(state: 7)
        let programs = try ModelReferenceTests.programs.map {
            try ModelReferenceTests.text($0 + ".stan")
        }
        #expect(programs.count >= 45)
        for round in 0..<250 {
            let source = programs[round % programs.count]
            let tokens = Lexer(source).tokens
            let every = 1 << generator.next(8)
            var text = ""
            var end = 0
            for token in tokens {
                text += source.text(in: end..<token.start)
                if generator.next(every) == 0 { text += pieces[generator.next(pieces.count)] }
                text += source.text(in: token.range)
                end = token.end
            }
            let once = try formatted(text)
            let twice = try formatted(once)
            try #require(once == twice, "\(source.name) in round \(round)")
        }
    }

    @Test func formattedProgramsMeanTheSame() throws {
        for name in ModelReferenceTests.programs {
            let source = try ModelReferenceTests.text(name + ".stan")
            let text = try StanProgram.format(source).text
            let again = try StanProgram.parse(SourceText(name: name, text: text))
            #expect(
                StanOutline(again).text == StanOutline(try StanProgram.parse(source)).text,
                "\(name)"
            )
            let code = text.split(separator: "\n").filter { !$0.contains("//") }
            #expect(code.allSatisfy { $0.count <= Formatter.width }, "\(name)")
        }
    }
}

/// SplitMix64, so that a failure can be repeated.
struct SplitMix {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(bound, 1)))
    }
}
