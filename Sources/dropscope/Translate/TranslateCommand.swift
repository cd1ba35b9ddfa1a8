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
    let layers = try layers()
    var output = OutputStream.standardOutput()
    var isFirst = true
    for (index, layer) in layers.enumerated() {
      for (place, reading) in layer.readings.enumerated() {
        if !isFirst { try output.writeLine("") }
        isFirst = false
        let page = TranslationText(reading, line: layers.count > 1 ? layer.code : line)
        if format == .text {
          if layers.count > 1 { try output.writeLine(heading(index, layer, of: layers.count)) }
          if layer.readings.count > 1 {
            try output.writeLine(
              "Reading \(place + 1) of \(layer.readings.count), by the library and its version:")
          }
        }
        for line in format == .text ? page.lines : page.markdown {
          try output.writeLine(ForeignText.line(line))
        }
      }
    }
    try output.flush()
  }

  /// The place of a layer among those of the line.
  private func heading(_ index: Int, _ layer: DropoutLayer, of count: Int) -> String {
    "Dropout \(index + 1) of \(count)"
      + (layer.count > 1 ? ", which stands \(layer.count) times in the line:" : ":")
  }

  private func layers() throws(CommandFailure) -> [DropoutLayer] {
    let given = [line, keep, drop].compactMap(\.self)
    guard given.count == 1 else {
      throw .usage(
        given.isEmpty
          ? "a line of code is needed, as in: dropscope translate \"nn.Dropout(0.2)\"; or --keep P"
          : "a line of code, --keep and --drop exclude each other: give one of them")
    }
    let text = line ?? keep.map { "keep=\($0)" } ?? "drop=\(drop ?? "")"
    do throws(DropoutReadingError) {
      let layers = try DropoutLayer.all(in: text)
      guard line == nil, let reading = layers.first?.readings.first else { return layers }
      guard let probability = reading.probability else {
        throw DropoutReadingError.notAProbability(
          text: reading.text, keep == nil ? .drop : .keep,
          range: keep == nil ? "from 0 to below 1" : "above 0 and at most 1")
      }
      return [
        DropoutLayer(
          code: text, readings: [DropoutReading(probability, as: keep == nil ? .drop : .keep)])
      ]
    } catch {
      throw .usage(TranslateCommand.words(error, line: text))
    }
  }

  private static func words(_ error: DropoutReadingError, line: String) -> String {
    switch error {
    case .unknown:
      "there is nothing about dropout in '\(ForeignText.shown(line))' that dropscope knows; give "
        + "the probability itself, as --keep P or --drop P"
    case .notAProbability(let text, let number, let range):
      "\(ForeignText.shown(text)) is no probability to \(number.rawValue) a unit: that is a number "
        + range
    case .unknownArgument(let name, let call):
      "dropscope does not know the argument '\(ForeignText.shown(name))' of "
        + "\(ForeignText.shown(call)), so it cannot say what its number means; give the "
        + "probability itself, as --keep P or --drop P"
    case .noNumber(let call):
      "\(ForeignText.shown(call)) needs a number, which the line does not have; give the "
        + "probability itself, as --keep P or --drop P"
    case .unpackedArgument(let text, let call):
      "\(ForeignText.shown(call)) takes its number from '\(ForeignText.shown(text))', which the "
        + "line does not show; give the probability itself, as --keep P or --drop P"
    }
  }
}
