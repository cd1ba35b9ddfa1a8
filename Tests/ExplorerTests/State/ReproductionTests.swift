import DropoutEngine
import Explorer
import Testing

@Suite("What is shown can be computed again") struct ReproductionTests {
  @Test(
    "The command that y shows has the experiment's settings",
    arguments: [
      [], [("variant", "unscaled-l2"), ("seed", "12")],
      [("hidden", "none"), ("keep-input", "0.5")],
      [("variant", "inverted"), ("keep", "0.7,0.9"), ("l2", "0"), ("mask-seed", "3")],
      [
        ("data", "spiral"), ("features", "x1,sin(x1)"), ("max-norm", "2,none,3"),
        ("optimizer", "adam"),
      ],
    ])
  func command(assignments: [(String, String)]) throws {
    var person = try Person(assignments.map { (name: $0.0, value: $0.1) })
    person.press("y")
    guard case .message(_, let lines, _) = person.state.overlay else {
      Issue.record("y shows no text")
      return
    }
    let words = lines[0].replacing("'", with: "").split(separator: " ").dropFirst().map(String.init)
    let pairs = stride(from: 0, to: words.count, by: 2).map {
      (name: String(words[$0].dropFirst(2)), value: words[$0 + 1])
    }
    #expect(try Settings(assignments: pairs).experiment == person.state.configuration)
  }

  @Test(
    "The terms of a formula add up to its sum",
    arguments: [
      "unscaled", "inverted", "gaussian", "dropconnect", "backward-only", "left-on-at-test",
    ])
  func formula(variant: String) throws {
    var person = try Person(
      [(name: "variant", value: variant), (name: "keep", value: "0.8")], steps: 50)
    person.state.selection = Selection(layer: 1, unit: 4)
    person.press("i", "i")
    let lines = PlainText.lines(person.state)
    var checked = 0
    for (index, line) in lines.enumerated() where line.hasPrefix("    = ") && line.contains("*") {
      let result = lines[(index + 1)...].first { $0.hasPrefix("    = ") && !$0.contains("*") }
      let value = try #require(result.flatMap { Double($0.dropFirst(6)) })
      var sum = 0.0
      var sign = 1.0
      for word in line.dropFirst(6).split(separator: " ") {
        switch word {
        case "+": sign = 1
        case "-": sign = -1
        default:
          let factors = word.split(separator: "*").compactMap { Double($0) }
          try #require(factors.count == 2, "\(word)")
          sum += sign * factors[0] * factors[1]
        }
      }
      // Twelve products of factors with three decimals.
      #expect(abs(sum - value) < 12 * 0.0005 * 6, "\(line) is not \(value)")
      checked += 1
    }
    // This step's sum and the test pass's; and the mean, where it is in closed form.
    #expect(checked == (variant == "backward-only" ? 2 : 3))
  }
}
