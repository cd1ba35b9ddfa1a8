import ArgumentParser
import DropoutEngine
import Frameworks

/// `dropscope translate`: a line of dropout in one framework, said in all others.
struct TranslateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "translate",
    abstract: "Say what a line of dropout means, and write it for every other framework.",
    discussion: """
      Frameworks disagree: the number may be the probability to keep or to drop, and the scaling \
      may happen in training, at test or never. For example: \
      dropscope translate "nn.Dropout(0.2)", \
      dropscope translate "tf.nn.dropout(x, 0.8)", dropscope translate --keep 0.8.
      """)

  /// The form of the answer.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown
  }

  @Argument(help: "A line of code, in quotes.")
  var line: String?

  @Option(help: "Instead of a line, the probability that a unit is kept.")
  var keep: String?

  @Option(help: "Instead of a line, the probability that a unit is dropped.")
  var drop: String?

  @Option(help: "The format: text or markdown.")
  var format = Format.text

  func run() throws {
    let pages = try readings().map { TranslationText($0, line: line) }
    var output = OutputStream.standardOutput()
    for (index, page) in pages.enumerated() {
      if index > 0 { try output.writeLine("") }
      switch format {
      case .text:
        if pages.count > 1 {
          try output.writeLine("Reading \(index + 1) of \(pages.count), by the version:")
        }
        for line in page.lines { try output.writeLine(ForeignText.line(line)) }
      case .markdown:
        for line in page.markdown { try output.writeLine(ForeignText.line(line)) }
      }
    }
    try output.flush()
  }

  private func readings() throws(CommandFailure) -> [DropoutReading] {
    let given = [line, keep, drop].compactMap(\.self)
    guard given.count == 1 else {
      throw .usage(
        given.isEmpty
          ? "a line of code is needed, as in: dropscope translate \"nn.Dropout(0.2)\"; or --keep P"
          : "a line of code, --keep and --drop exclude each other: give one of them")
    }
    let text = line ?? keep.map { "keep=\($0)" } ?? "drop=\(drop ?? "")"
    do throws(DropoutReadingError) {
      let readings = try DropoutReading.readings(of: text)
      guard line == nil, let reading = readings.first else { return readings }
      guard let probability = reading.probability else {
        throw DropoutReadingError.notAProbability(
          text: reading.text,
          range: keep == nil ? "from 0 to below 1" : "above 0 and at most 1")
      }
      return [DropoutReading(probability, as: keep == nil ? .drop : .keep)]
    } catch {
      throw .usage(TranslateCommand.words(error, line: text))
    }
  }

  private static func words(_ error: DropoutReadingError, line: String) -> String {
    switch error {
    case .unknown:
      "there is nothing about dropout in '\(ForeignText.shown(line))' that dropscope knows; give "
        + "the probability itself, as --keep P or --drop P"
    case .notAProbability(let text, let range):
      "\(ForeignText.shown(text)) is no such probability: it must be a number \(range)"
    }
  }
}
