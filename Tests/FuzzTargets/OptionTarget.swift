import DropoutEngine
import ExplorerPlay
import Explorer
import Fuzzing
import RepeatableRandom

extension FuzzTarget {
  /// The texts of parameters, as options and files give them.
  static let options = FuzzTarget("options", "the texts of parameters", pieces: .lines) { _ in
    let samples = OptionInput.samples
    return FuzzReader(samples: samples, make: OptionInput.make) { bytes in
      let assignments = OptionInput.assignments(bytes)
      do {
        let settings = try Settings(assignments: assignments)
        try OptionInput.check(settings)
        if assignments.contains(where: { $0.name == "steps" && $0.value == "3" }) {
          try OptionInput.train(settings.experiment)
        }
        return .accepted
      } catch let error as ConfigurationError {
        return .refused(error.description)
      }
    }
  }
}

/// Parameters and values, one of them on each line.
private enum OptionInput {
  static let samples: [[UInt8]] =
    ParameterTable.all.map { row in Array("\(row.name) \(row.defaultValue)\n".utf8) }

  private static let mutator = Mutator(
    words: ["none", "auto", "max", "nan", "inf", ",", "1x2", "0.5,0.8", "8x8", "x1,x2", "true"],
    marks: "0123456789.,-+eExX= ")

  static func make(_ random: inout Generator) -> [UInt8] {
    var lines = ""
    for _ in 0..<random.int(1...5) {
      let row = random.element(ParameterTable.all)
      var value = Array(row.defaultValue.utf8)
      if !row.choices.isEmpty, random.int(below: 3) > 0 {
        value = Array(random.element(row.choices).utf8)
      }
      if random.int(below: 3) == 0 { value = random.element(NastyNumbers.texts) }
      if random.int(below: 4) == 0 { mutator.mutate(&value, &random) }
      var name = Array(row.name.utf8)
      if random.int(below: 30) == 0 { mutator.mutate(&name, &random) }
      let texts = [name, value].map { String(decoding: $0, as: UTF8.self) }
      lines += texts.map { $0.replacing("\n", with: " ") }.joined(separator: " ") + "\n"
    }
    if random.int(below: 8) == 0 { lines += "steps 3\n" }
    return Array(lines.utf8)
  }

  static func assignments(_ bytes: [UInt8]) -> [(name: String, value: String)] {
    bytes.split(separator: UInt8(ascii: "\n")).map { line in
      let words = line.split(
        separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
      return (
        String(decoding: words[0], as: UTF8.self),
        words.count > 1 ? String(decoding: words[1], as: UTF8.self) : ""
      )
    }
  }

  /// Each parameter is read back from its own text, and can be changed while it runs or is refused.
  static func check(_ settings: Settings) throws {
    for row in ParameterTable.all {
      let text = row.get(settings)
      var again = settings
      do {
        try row.set(text, &again)
      } catch {
        throw FuzzFault("a parameter reads its own text", "\(row.name) \(text): \(error)")
      }
      try FuzzFault.unless(
        row.get(again) == text, "a parameter keeps its own text",
        "\(row.name) \(text) \(row.get(again))")
    }
  }

  static func train(_ configuration: ExperimentConfiguration) throws {
    guard let builtIn = BuiltInDataset(rawValue: configuration.data), configuration.weights == nil,
      configuration.examples <= 2000, configuration.learnerCount <= 10,
      configuration.hidden.reduce(0, +) <= 200, configuration.batch <= 2000,
      builtIn.memoryNeed(configuration).total < 64 << 20
    else { return }
    do {
      let dataset = try builtIn.generate(configuration)
      try LearnerGroup(configuration: configuration, dataset: dataset).advance(steps: 3)
    } catch let error as DatasetError {
      try RefusalLine.check(error.description)
    } catch is NotFiniteError {
      return
    }
  }
}
