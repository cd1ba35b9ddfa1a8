import DropoutEngine
import DropoutMeasure
import TerminalCells

/// The sums of the unit that the sentence is about, as the sums panel writes them.
struct SentenceSums: Equatable {
  /// Under this step's mask.
  var step: String
  /// The mean over masks.
  var training: String
  /// In the test pass.
  var test: String
  /// Test over mean training, as in `2.00x`.
  var ratio: String
  /// How test and mean training compare.
  var agreement: SumAgreement
  /// Whether both sums are written alike.
  var agree: Bool { training == test }

  /// The sentence where both sums are 0, so that there is nothing to compare; nil elsewhere.
  func nothing(of name: String, keys: KeyMap<KeyCommand>) -> [String]? {
    guard Double(training) == 0, Double(test) == 0 else { return nil }
    let ways =
      "\(keys[.example(.next)]) watches another example, \(keys.arrowsName) choose another unit"
    return [
      "TRAINING and TESTING both give \(name) \(test) here: what feeds it is silent for this "
        + "example, so there is nothing to compare. \(ways).",
      "TRAINING and TESTING both give \(name) \(test) here. \(ways).",
    ]
  }

  /// The ratio in words, as in `2.00 times too large`; of negative sums `2.00 times as strong`.
  var verdict: String {
    guard let value = Double(ratio.dropLast()), value.isFinite else {
      return "there is no ratio to a mean of 0"
    }
    if agree { return "the same" }
    if ratio == "1.00x" { return "the same, but for the last digits" }
    if value < 0 { return "of the other sign" }
    let times = ratio.dropLast()
    // The larger one of two negative sums is the one nearer to 0.
    let isNegative = (Double(training) ?? 0) < 0
    let size = isNegative ? "strong" : "large"
    return value > 1
      ? "\(times) times " + (isNegative ? "as strong" : "too large")
      : "only \(times) times as \(size)"
  }

  /// The ratio as the number that the screen is about; nil where it is none.
  var hero: HeroBlock? {
    guard ratio.first?.isNumber == true || ratio.first == "-" else { return nil }
    return HeroBlock(ratio, agree ? .calm : agreement.hero)
  }
}

extension ExplorerState {
  /// The unit that the sentence is about: the watched one, else the selected one.
  var sentenceUnit: Selection {
    guard let watchedUnit, watchedUnit.layer <= outputLayer,
      watchedUnit.unit < unitCount(of: .result(of: watchedUnit.layer))
    else { return Selection(layer: shownLayer, unit: shownUnit) }
    return watchedUnit
  }

  /// The sums of that unit.
  var sentenceSums: SentenceSums {
    let unit = sentenceUnit
    let layer = evidence.layers[unit.layer]
    let test = Double(layer.testSum[watchedRow, unit.unit])
    let training = meanTrainingSum(layer: unit.layer, unit: unit.unit)
    let ratio =
      (test / training).isNaN ? "n/a" : NumberText.fixed(test / training, decimals: 2) + "x"
    // Small sums in another ratio than 1 have the decimals that tell them apart.
    let isOne = ratio == "1.00x" || ratio == "n/a"
    let decimals =
      (2...6).first {
        isOne
          || NumberText.fixed(training, decimals: $0) != NumberText.fixed(test, decimals: $0)
      } ?? 2
    func text(_ value: Double) -> String { NumberText.fixed(value, decimals: decimals) }
    return SentenceSums(
      step: text(Double(layer.trainingSum[watchedRow, unit.unit])), training: text(training),
      test: text(test), ratio: ratio,
      agreement: SumAgreement(
        ratio: test / training, into: unit.layer, of: evidence.configuration))
  }
}

/// One sentence made from the live numbers: what training and testing do, and what the selected
/// unit gets.
enum Sentence {
  /// Draws the hero of the view, if it has one, and the sentence beside it; returns the places of
  /// both.
  static func draw(
    _ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let whole = HitRegion(area: area, target: .place(.sentence))
    guard area.height > 0 else { return [whole] }
    let isError = state.snapshot.notFinite != nil || state.snapshot.breakdown != nil
    let hero = isError ? nil : state.view.hero(state)
    let beside = hero?.drawNumber(in: area, glyphs: state.glyphs, on: &buffer) ?? area
    let named = [
      KeyCommand.nextScaling, .variants, .example(.next), .own(.nextPhase), .view(.sums),
    ].map { state.keys[$0] }
    let lines = lines(state, width: beside.width, rows: beside.height)
    for (row, line) in lines.enumerated() {
      write(line, x: beside.x, y: beside.y + row, isError: isError, keys: named, on: &buffer)
    }
    return [whole] + (hero?.regions(in: area, glyphs: state.glyphs) ?? [])
  }

  /// The words TRAINING and TESTING carry their colours; a key that is named looks like one.
  static func write(
    _ line: String, x: Int, y: Int, isError: Bool = false, keys: [String] = [],
    on buffer: inout CellBuffer
  ) {
    var x = x
    for (index, word) in line.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { x += 1 }
      let style: Style =
        switch word {
        case _ where isError: Style(.error)
        case "TRAINING": Style(.training, bold: true)
        case "TESTING": Style(.test, bold: true)
        case _ where keys.contains(String(word)): Style(.key)
        default: Style(.text)
        }
      x += buffer.write(String(word), x: x, y: y, style: style)
    }
  }

  /// The lines of the longest form that fits.
  static func lines(_ state: ExplorerState, width: Int, rows: Int) -> [String] {
    lines(of: forms(state), width: width, rows: rows, ellipsis: state.glyphs.ellipsis)
  }

  /// The lines of the longest of some forms that fits, or of the last one, cut off.
  static func lines(
    of forms: [String], width: Int, rows: Int, ellipsis: Unicode.Scalar
  ) -> [String] {
    for form in forms {
      let lines = wrap(form, width: width)
      if lines.count <= rows { return lines }
    }
    let lines = wrap(forms.last ?? "", width: width)
    guard rows > 0, lines.count > rows else { return lines }
    let rest = lines[(rows - 1)...].joined(separator: " ")
    return Array(lines[..<(rows - 1)]) + [rest.truncated(to: width, ellipsis: ellipsis)]
  }

  /// The sentence in forms from long to short.
  static func forms(_ state: ExplorerState) -> [String] {
    let cause = state.snapshot.notFinite?.cause ?? state.snapshot.breakdown?.cause
    guard let option = cause?.option else { return plainForms(state) }
    // An option is for the start; here the same parameter is typed behind a key.
    return plainForms(state).map {
      $0.replacing("(--\(option))", with: "(\(state.keys[.palette]) \(option), from the start)")
    }
  }

  private static func plainForms(_ state: ExplorerState) -> [String] {
    let keys = state.keys
    let undo =
      state.snapshot.journal.entries.isEmpty
      ? "" : "\(keys[.travel(.undo)]) undoes the last change, "
    let lower = "\(keys[.learningRate(.less)]) lowers the rate"
    func scaled(_ option: String) -> String {
      option.hasPrefix("normalize-target") ? "targets" : "inputs"
    }
    func scale(_ cause: NotFiniteError.Cause) -> String? {
      cause.option.map { option in
        "The \(scaled(option)) are large; \(keys[.palette]) \(option) starts anew with scaled ones"
      }
    }
    if let error = state.snapshot.notFinite {
      let back =
        error.calmStep < error.step
        ? "\(undo)\(keys[.travel(.steps(-1))]) goes back to the last good step (\(error.calmStep))"
        : "\(undo)\(keys[.travel(.steps(-1))]) goes back"
      let what = "step \(error.step): \(error.place) is \(error.valueText)"
      let led = error.course.brief.isEmpty ? "" : "; \(error.course.brief)"
      return [
        "\(error.description) \(back), \(lower), \(keys[.restart]) starts again.",
        "\(what)\(led). \(error.cause) \(back).",
        scale(error.cause).map { "\(what). \($0), \(back)." },
        scale(error.cause).map { "\(what). \($0)." },
        "\(what)\(led). \(back), \(lower).",
        "\(what). \(back), \(lower).",
      ].compactMap { $0 }
    }
    if let breakdown = state.snapshot.breakdown {
      let here = "Training stopped at the last good step, \(breakdown.goodStep)"
      let run = keys[.toggleRunning]
      let remedy = "\(run) goes on all the same, \(undo)\(lower)."
      let short = "Stopped at the last good step, \(breakdown.goodStep)"
      switch breakdown {
      case .leftRange(let departure):
        let course = departure.course
        let unit = course.growth.map { ", the weights into \($0.place) grew most" } ?? ""
        return [
          "\(here): \(departure.description) \(remedy)",
          "\(here): \(course) \(departure.cause) \(remedy)",
          scale(departure.cause).map { "\(here). \($0), \(run) goes on, \(undo)\(lower)." },
          scale(departure.cause).map { "\(short). \($0)." },
          "\(here): \(course) \(remedy)",
          "\(here): \(course.brief)\(unit). \(run) goes on, \(undo)\(lower).",
          "\(short): \(course.brief)\(unit). \(run) goes on.",
        ].compactMap { $0 }
      case .notFinite(let error):
        let what = "step \(error.step): \(error.place) is \(error.valueText)"
        let led = error.course.brief.isEmpty ? "" : "; \(error.course.brief)"
        return [
          "\(here). \(error.description) \(remedy)",
          "\(here). \(what)\(led). \(error.cause) \(remedy)",
          scale(error.cause).map { "\(short). \(what). \($0)." },
          error.cause.option.map { option in
            "\(short). \(what). \(keys[.palette]) \(option) scales the \(scaled(option))."
          },
          scale(error.cause).map { "\(short). \($0), \(run) goes on." },
          "\(short). \(what)\(led). \(run) goes on, \(undo)\(lower).",
          "\(short). \(what)\(led). \(run) goes on.",
          "\(short). \(what). \(run) goes on.",
        ].compactMap { $0 }
      }
    }
    return state.view.sentence(state)
  }
}
