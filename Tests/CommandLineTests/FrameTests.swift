import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Several screens of one training") struct FrameTests {
  /// Keys that select the first unit of the layer, whichever it was.
  private static let firstUnit = "kkkkkkkkkkkk"

  /// The screens that a run as text writes.
  private func screens(_ arguments: String) throws -> [String] {
    let result = try Program.shell("exec \"$DROPSCOPE\" snapshot \(arguments)")
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return result.output.split(separator: "\u{C}", omittingEmptySubsequences: false)
      .map(String.init)
  }

  private func screen(_ arguments: String) throws -> String {
    let found = try screens(arguments)
    try #require(found.count == 1)
    return found[0]
  }

  @Test(
    "Each frame is the screen that one picture shows at its step",
    arguments: [
      // One picture measures each step up to 199; close views show no curves.
      ("--size 100x30 --keys \(FrameTests.firstUnit)", 20, 60),
      ("--size 80x24 --keys \(FrameTests.firstUnit)", 0, 50),
      ("--view sums --keys \(FrameTests.firstUnit)", 100, 150),
      ("--view data --keys \(FrameTests.firstUnit)", 120, 30),
      ("--view backward --keys \(FrameTests.firstUnit)", 120, 90),
      ("--view race --keys m --size 100x30", 40, 20),
    ])
  func frames(options: String, steps: Int, every: Int) throws {
    let found = try screens("\(options) --steps \(steps) --frames 3 --every \(every)")
    #expect(found.count == 3 && Set(found).count == 3)
    for (frame, text) in found.enumerated() {
      let step = steps + frame * every
      #expect(text == (try screen("\(options) --steps \(step)")), "\(options) at \(step)")
    }
  }

  @Test("Keys of --then are pressed before their frame, in the order in which they are given")
  func then() throws {
    let found = try screens(
      "--keys \(FrameTests.firstUnit) --steps 20 --frames 4 --every 30 --then 2:s --then 2:s "
        + "--then '3::keep 0.8'")
    #expect(found[1] == (try screen("--steps 50 --keys \(FrameTests.firstUnit)")))
    #expect(found[2] == (try screen("--steps 80 --keys \(FrameTests.firstUnit)ss")))
    #expect(found[2].contains("INVERTED") && found[3].contains("INVERTED"))
    #expect(found[2].contains("keep .50") && found[3].contains("keep .80"), "\(found[3])")
  }

  @Test("A training that starts anew is followed from its start") func restart() throws {
    let found = try screens("--steps 100 --frames 3 --every 10 --then 1:r")
    #expect(found[0].contains("step 100"))
    #expect(found[1].contains("step 0 ") && found[2].contains("step 10 "))
  }

  @Test("As svg it is one picture of all frames, well-formed and without a script")
  func svg() throws {
    let arguments = "--steps 10 --frames 5 --every 5 --then 3:s --frame-time 0.1 --last-time 1"
    let svg = try screen("\(arguments) --format svg")
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    var rest = svg[...]
    for frame in 1...4 {
      let place = try #require(rest.range(of: "<g class=\"f f\(frame)\">"), "frame \(frame)")
      rest = rest[place.upperBound...]
    }
    #expect(!rest.contains("<g class=\"f f"))
    // Four frames of 100 ms and one of 1 s.
    #expect(svg.contains("1400ms step-end infinite"))
    #expect(svg.contains("<title>dropscope, circle, steps 10 to 30</title>"))
    #expect(!svg.contains("<script") && !svg.contains("href") && !svg.contains("url("))
    #expect(svg == (try screen("\(arguments) --format svg")))
  }

  @Test("One frame is the picture without the option, in every format")
  func one() throws {
    for format in ["text", "ansi", "svg"] {
      let options = "--steps 10 --format \(format)"
      #expect(try screen("\(options) --frames 1") == screen(options), "\(format)")
    }
  }

  @Test(
    "What makes no sense is refused with the value and what would be right",
    arguments: [
      ("--frames 0", "--frames cannot be 0: it takes 1 to 600"),
      ("--frames 601 --every 1", "--frames cannot be 601: it takes 1 to 600"),
      ("--frames 3", "add --every STEPS"),
      ("--frames 3 --every 0", "--every cannot be 0: it takes 1 to"),
      ("--every 5", "--every 5 has no meaning for one frame: add --frames COUNT"),
      ("--frames 3 --every 5 --then 3:s", "--then 3:s has no frame: the last of 3 is 2"),
      ("--frames 3 --every 5 --then 0:s", "is before the first frame: --keys presses these"),
      ("--frames 3 --every 5 --then 2:", "presses no key"),
      ("--frames 3 --every 5 --then s", "'s' is invalid for '--then <FRAME:KEYS>'"),
      ("--then 4:s", "add --frames 5 or more"),
      ("--frames 3 --every 5 --frame-time 1", "add --format svg and --frames"),
      ("--format svg --last-time 1", "add --format svg and --frames"),
      ("--format svg --frames 3 --every 5 --frame-time 0", "it takes 0.01 to 60 seconds"),
      ("--format svg --frames 3 --every 5 --last-time nan", "it takes 0.01 to 60 seconds"),
    ])
  func refused(options: String, words: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" snapshot --steps 1 \(options)")
    #expect(result.status == 64 && result.output.isEmpty, "\(options)")
    #expect(result.errors.contains(words), "\(options): \(result.errors)")
  }
}
