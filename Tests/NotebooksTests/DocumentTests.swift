// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import Notebooks

let head = "---\nbuffon: 1\n---\n"

func notebook(_ text: String) throws -> Notebook {
    try Notebook(source: SourceText(name: "n.md", text: text), path: "/nowhere/n.md")
}

/// What is wrong with a notebook before it runs, one a line.
func problems(_ text: String) -> [String] {
    do {
        return try notebook(text).check().map(summary)
    } catch {
        return (error as? DiagnosticList)?.diagnostics.map(summary) ?? ["\(error)"]
    }
}

func summary(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.place.map { $0.split(separator: ":").dropFirst().joined(separator: ":") }
    return "\(place ?? "?") \(diagnostic.code): \(diagnostic.message)"
        + (diagnostic.help.map { " [\($0)]" } ?? "")
}

@Suite struct DocumentTests {
    @Test func findsCellsAndTheirAttributes() throws {
        let document = try notebook(
            """
            ---
            buffon: 1
            title: "A title"
            seed: 1_777
            params:
              throws: 100_000
              name: needle
              quoted: "12"
              exact: true
              grid: [1, 2.5]
            author: somebody
            ---

            # Heading

            ```buffon #needle hide width=480 caption="a \\"quoted\\" text" timeout=2min
            1 + 1
            ```

            ```swift
            not a cell
            ```

            ````markdown
            ```buffon
            inside of another fence
            ```
            ````

            <!--
            ```buffon
            commented out
            ```
            -->

                ```buffon
                indented code
                ```

            ~~~buffon skip
            1
            ~~~

            ```stan #model
            parameters { real mu; }
            model { mu ~ normal(0, 1); }
            ```
            """)
        #expect(document.frontMatter.title == "A title")
        #expect(document.frontMatter.seed == 1777)
        #expect(
            document.frontMatter.parameters.map { "\($0.name)=\($0.value.text)" } == [
                "throws=100000", "name=needle", "quoted=12", "exact=true", "grid=[1, 2.5]",
            ])
        #expect(document.frontMatter.parameters[2].value.typeName == "String")
        #expect(document.cells.map(\.key) == ["needle", "cell-1", "model"])
        #expect(document.cells.map(\.line) == [17, 41, 45])
        let first = document.cells[0].attributes
        #expect(first.isHidden && first.width == 480 && first.timeout == .seconds(120))
        #expect(first.caption == "a \"quoted\" text")
        #expect(document.source.text(in: document.cells[0].code) == "1 + 1\n")
        #expect(document.check().isEmpty)
    }

    @Test(arguments: [
        (
            "text",
            "1:1 notebook/front-matter: this is not a notebook: the first line is not '---' [a notebook begins with ---, buffon: 1, ---]"
        ),
        (
            "---\nbuffon: 1\n",
            "1:1 notebook/front-matter: the front matter is not closed [end it with a line ---]"
        ),
        (
            "---\ntitle: x\n---\n",
            "2:1 notebook/front-matter: the front matter has no key 'buffon' [add the line buffon: 1]"
        ),
        (
            "---\nbuffon: 2\n---\n",
            "2:9 notebook/front-matter: this notebook asks for another version of the format [this program reads buffon: 1]"
        ),
        (
            "---\nbuffon: 1\nsed: 3\n---\n",
            "3:1 notebook/front-matter: the front matter has no key 'sed' [did you mean `seed`?]"
        ),
        (
            "---\nbuffon: 1\nseed: -3\n---\n",
            "3:7 notebook/front-matter: the seed is a whole number from 0 to 2^64 − 1"
        ),
        (
            "---\nbuffon: 1\nparams:\n  a b: 1\n---\n",
            "4:3 notebook/front-matter: 'a b' cannot be the name of a parameter"
        ),
        (
            "---\nbuffon: 1\nparams:\n  a: {b: 1}\n---\n",
            "4:6 notebook/front-matter: the parameter 'a' must be a number, a truth value, a text or a list of numbers"
        ),
        (
            head + "```buffon #a widht=3\n```\n",
            "4:14 notebook/attribute: a cell has no attribute 'widht' [did you mean `width`?]"
        ),
        (
            head + "```buffon #3\n```\n",
            "4:11 notebook/attribute: '#3' is not a label [a label is made of letters, digits, _ and -, and begins with a letter]"
        ),
        (
            head + "```buffon timeout=soon\n```\n",
            "4:11 notebook/attribute: 'timeout' is a time such as 60s, 500ms or 2min"
        ),
        (
            head + "```buffon\n1\n",
            "4:1 notebook/fence: this cell is not closed [end it with a line of 3 `]"
        ),
        (
            head + "```buffon #a\n```\n```buffon #a\n```\n",
            "6:11 notebook/label: the label 'a' is taken by the cell at line 4"
        ),
        (
            head + "```stan\n```\n",
            "4:1 notebook/label: a stan cell needs a label: the name of its model [write stan #name]"
        ),
        (
            head + "<!-- out a -->\n",
            "4:1 notebook/output: these results have no end [results end with a line <!-- /out -->]"
        ),
        (
            head + "<!-- /out -->\n",
            "4:1 notebook/output: this end of results has no beginning [results begin with <!-- out LABEL -->]"
        ),
        (
            head + "```buffon #needle\n```\n<!-- out neddle -->\n<!-- /out -->\n",
            "6:10 notebook/output: these results belong to no cell: 'neddle' [did you mean 'needle'?]"
        ),
        (
            head + "```buffon\nlet a = 1\n```\n```buffon\nlet a = 2\n```\n",
            "8:5 script/redefinition: 'a' is already defined at line 5 [a name is defined once in a notebook; choose another one]"
        ),
        (
            head + "```buffon\nb\n```\n```buffon\nlet b = 2\n```\n",
            "5:1 script/order: 'b' is used before it is defined [it is defined below, at line 8; cells run from top to bottom]"
        ),
        (
            head + "See [figure](#nedle).\n\n```buffon #needle\n```\n",
            "4:14 notebook/reference: there is no cell or heading '#nedle' [did you mean #needle?]"
        ),
        (
            head + "It is `= piHat`.\n\n```buffon\nlet piHatt = 3\n```\n",
            "4:10 script/unknown-name: there is nothing called 'piHat' here [did you mean `piHatt`?]"
        ),
        (
            head + "```buffon\nvar a = 1\n```\n```buffon\na = 2\n```\n",
            "8:1 script/assignment: 'a' is a var of another cell [a var changes only in the cell that defines it]"
        ),
        (head + "```stan #m\nparameters {\n  real mu\n}\n```\n", "7:1"),
    ])
    func explainsProblems(_ text: String, _ expected: String) {
        let found = problems(text)
        #expect(found.first?.hasPrefix(expected) ?? false, "\(found)")
        #expect(found.count == 1, "\(found)")
    }

    @Test(arguments: ["\n", "\r\n"])
    func writingBackKeepsEveryOtherByte(_ newline: String) throws {
        let text = """
            ---
            buffon: 1
            ---
            Text\twith trailing space \u{20}
            ```buffon #a
            1
            ```
            <!-- out a -->
            ```output
            old <!-- /out --> inside
            <!-- /out -->
            ```
            <!-- /out -->
            between é
            ```buffon
            2
            ```
            """.replacing("\n", with: newline)
        let document = try notebook(text)
        #expect(document.bytes(replacing: [:]) == Array(text.utf8))
        let old = "```output\nold <!-- /out --> inside\n<!-- /out -->\n```"
            .replacing("\n", with: newline)
        #expect(
            document.bytes(replacing: ["a": old.replacing("\r\n", with: "\n")]) == Array(text.utf8))
        let changed = document.bytes(replacing: ["a": "new", "cell-1": "X"])
        let expected =
            text.replacing(old, with: "new") + newline + "<!-- out cell-1 -->" + newline + "X"
            + newline + "<!-- /out -->" + newline
        #expect(String(decoding: changed, as: UTF8.self) == expected)
        // Written once more, nothing changes.
        let again = try notebook(expected)
        #expect(again.bytes(replacing: ["a": "new", "cell-1": "X"]) == changed)
        #expect(
            String(decoding: again.bytes(replacing: ["cell-1": ""]), as: UTF8.self)
                == text.replacing(old, with: "new") + newline)
    }

    @Test func parametersAreOverridden() throws {
        var matter = try notebook(
            "---\nbuffon: 1\nparams:\n  throws: 10\n  exact: true\n  grid: [1]\n---\n"
        ).frontMatter
        let source = SourceText(name: "n.md", text: "")
        try matter.override("throws", with: "1e6", in: source)
        try matter.override("exact", with: "false", in: source)
        try matter.override("grid", with: "[2, 3]", in: source)
        #expect(matter.parameters.map(\.value.text) == ["1000000", "false", "[2, 3]"])
        #expect(throws: Diagnostic.self) {
            try matter.override("throws", with: "many", in: source)
        }
        do {
            try matter.override("trows", with: "3", in: source)
            Issue.record("no error")
        } catch {
            #expect(error.help == "did you mean `throws`?")
        }
    }

    @Test func absurdFrontMatterIsRefused() {
        let nested = String(repeating: "[", count: 3000)
        #expect(
            problems("---\nbuffon: 1\nparams: \(nested)\n---\n").first?.contains("nests") ?? false)
        let dashes = String(repeating: "- ", count: 3000)
        #expect(
            problems("---\nbuffon: 1\na: \n  \(dashes)\n---\n").first?.contains("nests") ?? false)
        let long = String(repeating: "x: y\n", count: 9000)
        #expect(problems("---\nbuffon: 1\n\(long)---\n").first?.contains("longer") ?? false)
        let text = "---\n\tbuffon: [\n---\n"
        #expect(problems(text).first?.contains("not YAML") ?? false, "\(problems(text))")
    }
}
