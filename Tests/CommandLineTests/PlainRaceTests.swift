import Foundation
import Testing

@Suite("The race in plain lines") struct PlainRaceTests {
  /// The paragraphs that begin with a step of the race.
  private func races(_ output: String) -> [[Substring]] {
    output.split(separator: "\n\n").map { $0.split(separator: "\n") }.filter {
      $0.first?.hasPrefix("Race step ") ?? false
    }
  }

  @Test("A race in lines steps, turns a runner, and tells what that runner alone would come to")
  func steps() throws {
    let keys = "3\\n \\n]\\n...\\nq\\n"
    let shown = try Program.shell(
      "printf '\(keys)' | \"$DROPSCOPE\" --plain --no-mouse --examples 60 --speed 1")
    #expect(shown.status == 0, "\(shown.errors)")
    let races = races(shown.output)
    let first = try #require(races.first)
    #expect(first[0].hasPrefix("Race step 0, running."))
    #expect(first.contains { $0.hasPrefix("inverted: test loss ") })
    let last = try #require(races.last)
    let step = try #require(
      last[0].split(separator: " ").dropFirst(2).first.flatMap { Int($0.dropLast()) })
    #expect(step >= 3 && last[0].contains("paused"))
    let alone = try Program.run(
      "train", "--variant", "classic", "--steps", "\(step)", "--examples", "60", "--format", "json")
    let text = try #require(alone.output.split(separator: "\n").last)
    let values = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let loss = try #require(values["testLoss"] as? Double)
    let expected = String(format: "classic: test loss %.4f,", loss)
    #expect(last.contains { $0.hasPrefix(expected) }, "\(expected)")
  }

  @Test("A race in lines pauses at the last step that was asked for, and ends with its input")
  func end() throws {
    let shown = try Program.shell(
      "printf '3\\n' | \"$DROPSCOPE\" --plain --examples 60 --steps 40 --every 20 --speed max")
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(
      races(shown.output).map { String($0[0].prefix { $0 != "." }) } == [
        "Race step 0, running", "Race step 20, running", "Race step 40, paused",
      ])
  }
}
