extension LineParser {
  /// Reads the verdicts on all gaps.
  mutating func gaps(_ count: Int) throws(RecordingProblem) -> RecordedGaps {
    var verdict: [RecordedVerdict]?
    var keep: [Double?]?
    var error: [Double?]?
    var factor: [Double?]?
    var draws: [Double?]?
    var source: [String?]?
    func column(
      _ slot: inout [Double?]?, _ parser: inout LineParser
    ) throws(RecordingProblem) {
      try parser.set(&slot) { scanner throws(RecordingProblem) in
        try scanner.numbers(count: count)
      }
    }
    try object { parser, key throws(RecordingProblem) in
      switch key {
      case "verdict":
        try parser.set(&verdict) { scanner throws(RecordingProblem) in
          try Self.verdicts(&scanner, count: count)
        }
      case "keep":
        try column(&keep, &parser)
        for share in keep ?? [] {
          if let share, !(0...1).contains(share) {
            throw .outOfRange(value: "\(share)", range: "a share from 0 to 1")
          }
        }
      case "error": try column(&error, &parser)
      case "factor": try column(&factor, &parser)
      case "draws": try column(&draws, &parser)
      case "source":
        try parser.set(&source) { scanner throws(RecordingProblem) in
          try Self.sources(&scanner, count: count)
        }
      default: try parser.scanner.skip()
      }
    }
    return RecordedGaps(
      verdict: try required(verdict, "verdict"), keep: try required(keep, "keep"),
      error: try required(error, "error"), factor: try required(factor, "factor"),
      draws: try required(draws, "draws"), source: source ?? [])
  }

  /// Reads a line of source for each gap, of which `null` is one.
  private static func sources(
    _ scanner: inout RecordingScanner, count: Int
  ) throws(RecordingProblem) -> [String?] {
    guard scanner.peek() == UInt8(ascii: "[") else { throw scanner.wrongKind("a list of texts") }
    scanner.advance()
    var values: [String?] = []
    var isFirst = true
    while try scanner.hasNext(closing: "]", &isFirst) {
      guard values.count < count else { throw .wrongCount(expected: count, found: nil) }
      values.append(try scanner.optionalText())
    }
    guard values.count == count else { throw .wrongCount(expected: count, found: values.count) }
    return values
  }

  private static func verdicts(
    _ scanner: inout RecordingScanner, count: Int
  ) throws(RecordingProblem) -> [RecordedVerdict] {
    guard scanner.peek() == UInt8(ascii: "[") else { throw scanner.wrongKind("a list of words") }
    scanner.advance()
    var values: [RecordedVerdict] = []
    var isFirst = true
    while try scanner.hasNext(closing: "]", &isFirst) {
      guard values.count < count else { throw .wrongCount(expected: count, found: nil) }
      values.append(try word(&scanner))
    }
    guard values.count == count else { throw .wrongCount(expected: count, found: values.count) }
    return values
  }

  /// Reads the list of findings.
  mutating func findings(_ gapCount: Int) throws(RecordingProblem) -> [RecordedFinding] {
    var findings: [RecordedFinding] = []
    // A gap has few findings, and the whole model some more.
    try list(most: 8 * gapCount + 100) { parser, _ throws(RecordingProblem) in
      findings.append(try parser.finding(gapCount))
    }
    return findings
  }

  private mutating func finding(_ gapCount: Int) throws(RecordingProblem) -> RecordedFinding {
    var severity: FindingSeverity?
    var verdict: RecordedVerdict?
    var gap: Int??
    var place: String??
    var source: String??
    var sentence: String?
    var cure: String?
    try object { parser, key throws(RecordingProblem) in
      switch key {
      case "severity": try parser.set(&severity, Self.word)
      case "verdict": try parser.set(&verdict, Self.word)
      case "gap":
        try parser.set(&gap) { scanner throws(RecordingProblem) in
          try scanner.takeNull() ? nil : try scanner.integer(0...gapCount - 1)
        }
      case "where": try parser.set(&place, Self.optionalText)
      case "source": try parser.set(&source, Self.optionalText)
      case "sentence": try parser.set(&sentence, Self.text)
      case "cure": try parser.set(&cure, Self.text)
      default: try parser.scanner.skip()
      }
    }
    return RecordedFinding(
      severity: try required(severity, "severity"), verdict: try required(verdict, "verdict"),
      gap: gap ?? nil, place: try required(place, "where") ?? "the model", source: source ?? nil,
      sentence: try required(sentence, "sentence"), cure: try required(cure, "cure"))
  }

  /// Reads how often the person called the model.
  mutating func calls() throws(RecordingProblem) -> RecordedCalls {
    var training: Int?
    var backward: Int?
    var eval: Int?
    var withGradient: Int?
    try object { parser, key throws(RecordingProblem) in
      switch key {
      case "train": try parser.set(&training, Self.count)
      case "backward": try parser.set(&backward, Self.count)
      case "eval": try parser.set(&eval, Self.count)
      case "eval with gradient": try parser.set(&withGradient, Self.count)
      default: try parser.scanner.skip()
      }
    }
    return RecordedCalls(
      training: training ?? 0, backward: backward ?? 0, eval: eval ?? 0,
      evalWithGradient: withGradient ?? 0)
  }
}
