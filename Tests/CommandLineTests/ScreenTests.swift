import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Screens without a terminal") struct ScreenTests {
  @Test(
    "A snapshot has the size that was asked for, in each format", arguments: ["80x24", "120x40"])
  func sizes(size: String) throws {
    let rows = try #require(Int(size.split(separator: "x")[1]))
    let text = try Program.run("snapshot", "--steps", "50", "--size", size)
    #expect(text.status == 0)
    #expect(text.output.split(separator: "\n", omittingEmptySubsequences: false).count == rows + 1)
    #expect(text.output.contains("step 50") && text.output.contains("DIVERGENCE"))
    let ansi = try Program.run("snapshot", "--steps", "50", "--size", size, "--format", "ansi")
    #expect(ansi.output.contains("\u{1B}["))
    let svg = try Program.run("snapshot", "--steps", "50", "--size", size, "--format", "svg")
    let parser = XMLParser(data: Data(svg.output.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test(
    "A picture that is too small for the screen, or that nobody could look at, is refused",
    arguments: ["59x24", "80x19", "0x0", "-1x-1", "1001x1000", "80x1001"])
  func sizesOutOfRange(size: String) throws {
    for option in [["snapshot", "--size=\(size)"], ["view", "none.jsonl", "--picture=\(size)"]] {
      let result = try Program.run(option)
      #expect(result.status == 64)
      #expect(
        result.errors.contains("cannot be \(size): it takes 60x20 to 1000x1000"),
        "\(result.errors)")
    }
  }

  @Test("The same snapshot has the same bytes, and keys change it") func keys() throws {
    let one = try Program.run("snapshot", "--steps", "20")
    #expect(try Program.run("snapshot", "--steps", "20").output == one.output)
    let scaled = try Program.run("snapshot", "--steps", "20", "--keys", "s")
    #expect(scaled.output.contains("CLASSIC") && scaled.output.contains("as in testing"))
    let data = try Program.run("snapshot", "--steps", "20", "--view", "data")
    #expect(data.output.contains("EXAMPLES"))
  }

  @Test("The numbers of a snapshot are those of the trace at that step") func trace() throws {
    let screen = try Program.run("snapshot", "--steps", "30", "--keys", "")
    let line = try Program.run("trace", "--at", "30")
    let trace = try #require(
      try JSONSerialization.jsonObject(with: Data(line.output.utf8)) as? [String: Any])
    let layers = try #require(trace["layers"] as? [[String: Any]])
    let sums = try #require((layers[1]["trainingSum"] as? [[Double]])?.first)
    let tests = try #require((layers[1]["testSum"] as? [[Double]])?.first)
    let rows = screen.output.split(separator: "\n", omittingEmptySubsequences: false)
    for unit in sums.indices {
      // The network is 26 columns wide, and a line separates it from the sums.
      let right = rows[5 + unit].dropFirst(27)
      let words = right.split(separator: " ").map { $0.replacingOccurrences(of: "▶", with: "") }
      let numbers = words.filter { !$0.isEmpty }
      #expect(numbers[0] == "\(unit + 1)")
      #expect(abs(try #require(Double(numbers[1])) - sums[unit]) <= 0.00501)
      #expect(abs(try #require(Double(numbers[3])) - tests[unit]) <= 0.00501)
    }
  }

  @Test("A wrong size, view, format or command is refused with 64 and what would be right")
  func wrong() throws {
    for arguments in ["snapshot --size 80", "snapshot --size 0x10", "snapshot --view nets"] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(arguments)")
      #expect(result.status == 64, "\(arguments)")
    }
    let command = try Program.run("explor")
    #expect(command.status == 64 && command.errors.contains("did you mean 'explore'?"))
    let variant = try Program.run("snapshot", "--variant", "clasic")
    #expect(variant.status == 64 && variant.errors.contains("did you mean 'classic'?"))
  }

  @Test("Without a terminal the explorer says so, and names train and snapshot")
  func noTerminal() throws {
    for arguments in ["", "explore --data moons"] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(arguments)")
      #expect(result.status == 64)
      #expect(result.output.isEmpty)
      #expect(
        result.errors.contains("dropscope train") && result.errors.contains("dropscope snapshot"))
    }
  }

  @Test("Plain lines take keys from lines, say the numbers, and end with their input or with q")
  func plain() throws {
    let typed = try Program.shell(
      "printf 's\\n:keep 0.8\\n:keep 9\\nq\\n' | \"$DROPSCOPE\" --plain --steps 0")
    #expect(typed.status == 0)
    #expect(typed.output.contains("scaling classic, keep 0.8"))
    #expect(typed.output.contains("cannot be '9'"))
    let run = try Program.shell(
      "exec \"$DROPSCOPE\" --plain --speed max --steps 300 --every 100 </dev/null")
    #expect(run.status == 0)
    for step in [0, 100, 200, 300] { #expect(run.output.contains("Step \(step), ")) }
    #expect(run.output.unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test("Completions are written for the usual shells", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try Program.run("--generate-completion-script", shell)
    #expect(script.status == 0 && script.output.contains("snapshot"))
  }
}
