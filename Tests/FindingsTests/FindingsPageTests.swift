import Findings
import Testing

@Suite("The page of findings") struct FindingsPageTests {
  @Test("Paragraphs, commands and verdicts are broken at 100 columns, and lose no word")
  func lines() {
    var page = FindingsPage()
    let words = (0..<60).map { "word\($0)" }
    page.paragraph(words.joined(separator: "  "))
    page.verdict("a", is: "a", words.joined(separator: " "))
    page.verdict("a", is: "a", "Short.")
    let command = ["dropscope", "compare"] + (0..<20).flatMap { ["--option-\($0)", "\($0)"] }
    page.command(command)
    let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 100 })
    let text = page.text.split { " \n\\`".contains($0) }.map(String.init)
    let verdicts = ["-", "**Holds.**"] + words + ["-", "**Holds.**", "Short."]
    #expect(text.starts(with: words + verdicts))
    #expect(text.suffix(command.count + 1) == command + ["</details>"])
    // An option stays with its value, so that the command can be pasted.
    #expect(lines.filter { $0.hasSuffix("\\") }.allSatisfy { $0.last == "\\" && $0.contains("--") })
    #expect(!lines.contains { $0.hasPrefix("  1") })
    // Verdicts that follow each other are one list.
    #expect(page.text.contains("word59\n- **Holds.** Short."))
  }

  @Test("A verdict that no longer holds says so on the page, and is counted") func failure() {
    var page = FindingsPage()
    page.verdict("below", is: "above", "It rises.")
    page.verdict("above", is: "above", "It rises here.")
    #expect(page.text.contains("**No longer holds** (found: below; expected: above). It rises."))
    #expect(
      page.failures == [.init(sentence: "It rises.", found: "below", expected: "above")])
  }

  @Test("Headlines stand in the summary, and say so where they no longer hold") func headlines() {
    var page = FindingsPage()
    page.heading("Findings", level: 1)
    page.summary("In short")
    page.heading("Details")
    page.verdict("a", is: "a", "In detail.", headline: "It is so.")
    page.verdict("b", is: "a", "In more detail.", headline: "It was so.")
    let summary = """
      ## In short

      1. It is so.
      2. **No longer holds** (found: b; expected: a). It was so.

      ## Details
      """
    #expect(page.text.contains(summary))
  }

  @Test("The commands of a section stand folded at its end") func folded() {
    var page = FindingsPage()
    page.heading("One")
    page.command(["dropscope", "compare"])
    page.paragraph("Numbers.")
    page.heading("Two")
    let fold = """
      Numbers.

      <details markdown="1">
      <summary>The command behind these numbers</summary>

      ```
      dropscope compare
      ```

      </details>

      ## Two
      """
    #expect(page.text.contains(fold))
  }

  @Test("The command under a picture draws it") func picture() {
    var page = FindingsPage()
    page.picture("a.svg", alternative: "A", command: ["dropscope", "compare", ">", "docs/a.svg"])
    #expect(
      page.text == "![A](a.svg)\n\n```\ndropscope compare > docs/a.svg\n```\n")
  }

  @Test("A table has one line for each row") func table() {
    var page = FindingsPage()
    page.heading("Of tables")
    page.table(["a", "b"], rows: [["1", "2"], ["3", "4"]])
    #expect(page.text == "## Of tables\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n")
  }
}
