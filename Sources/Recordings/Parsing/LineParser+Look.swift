extension LineParser {
  /// A line behind the header.
  enum Entry {
    case look(RecordedLook)
    case end(RecordingEnd)
  }

  /// Reads a line behind the header.
  mutating func entry(of header: RecordingHeader) throws(RecordingProblem) -> Entry {
    if isEnd { return .end(try end()) }
    return .look(try look(of: header))
  }

  /// Whether the line's first member is that of the last line.
  private var isEnd: Bool {
    var ahead = scanner
    guard (try? ahead.take("{")) != nil else { return false }
    var isFirst = true
    return (try? ahead.nextKey(&isFirst)) == "end"
  }

  private mutating func end() throws(RecordingProblem) -> RecordingEnd {
    var step: Int?
    var looks: Int?
    var seconds: Double?
    var why: String??
    try line { parser, key throws(RecordingProblem) in
      switch key {
      case "end":
        let word = try parser.scanner.text()
        guard word == "closed" else { throw .unknownWord(word, known: ["closed"]) }
      case "step": try parser.set(&step, Self.count)
      case "looks": try parser.set(&looks, Self.count)
      case "why": try parser.set(&why, Self.optionalText)
      case "seconds": try parser.set(&seconds, Self.number)
      default: try parser.scanner.skip()
      }
    }
    return RecordingEnd(
      step: try required(step, "step"),
      looks: try required(looks, "looks"),
      seconds: try required(seconds, "seconds"), why: why ?? nil)
  }

  private mutating func look(of header: RecordingHeader) throws(RecordingProblem) -> RecordedLook {
    var number: Int?
    var step: Int?
    var seconds: Double?
    var spent: Double?
    var losses: RecordedLosses?
    var columns: LayerColumns?
    var units: [RecordedUnits]?
    var masks: [RecordedMask]?
    var gaps: RecordedGaps?
    var findings: [RecordedFinding]?
    var calls: RecordedCalls?
    try line { parser, key throws(RecordingProblem) in
      switch key {
      case "look": try parser.set(&number, Self.count)
      case "step": try parser.set(&step, Self.count)
      case "seconds": try parser.set(&seconds, Self.number)
      case "spent": try parser.set(&spent, Self.number)
      case "loss":
        try parser.once(&losses) { parser throws(RecordingProblem) in
          try parser.losses()
        }
      case "layers":
        try parser.once(&columns) { parser throws(RecordingProblem) in
          try parser.columns(header.layers.count)
        }
      case "units":
        try parser.once(&units) { parser throws(RecordingProblem) in
          try parser.units(header)
        }
      case "masks":
        try parser.once(&masks) { parser throws(RecordingProblem) in
          try parser.masks(header)
        }
      case "gaps":
        if try !parser.scanner.takeNull() {
          try parser.once(&gaps) { parser throws(RecordingProblem) in
            try parser.gaps(header.gapCount)
          }
        }
      case "findings":
        if try !parser.scanner.takeNull() {
          try parser.once(&findings) { parser throws(RecordingProblem) in
            try parser.findings(header.gapCount)
          }
        }
      case "calls":
        if try !parser.scanner.takeNull() {
          try parser.once(&calls) { parser throws(RecordingProblem) in try parser.calls() }
        }
      default: try parser.scanner.skip()
      }
    }
    let layers = try required(columns, "layers")
    return RecordedLook(
      number: try required(number, "look"), step: try required(step, "step"),
      seconds: try required(seconds, "seconds"), spent: try required(spent, "spent"),
      losses: try required(losses, "loss"), divergence: layers.divergence, floor: layers.floor,
      ratio: layers.ratio, units: try required(units, "units"),
      masks: try required(masks, "masks"), gaps: gaps, findings: findings, calls: calls)
  }

  private mutating func once<Value>(
    _ slot: inout Value?, _ read: (inout LineParser) throws(RecordingProblem) -> Value
  ) throws(RecordingProblem) {
    guard slot == nil else { throw .twice }
    slot = try read(&self)
  }

  private mutating func losses() throws(RecordingProblem) -> RecordedLosses {
    var losses = RecordedLosses()
    try object { parser, key throws(RecordingProblem) in
      switch key {
      case "batch": losses.batch = try parser.scanner.optionalNumber()
      case "train": losses.training = try parser.scanner.optionalNumber()
      case "test": losses.test = try parser.scanner.optionalNumber()
      default: try parser.scanner.skip()
      }
    }
    return losses
  }

  private struct LayerColumns {
    var divergence: [Double?]
    var floor: [Double?]
    var ratio: [Double?]
  }

  private mutating func columns(_ count: Int) throws(RecordingProblem) -> LayerColumns {
    var divergence: [Double?]?
    var floor: [Double?]?
    var ratio: [Double?]?
    try object { parser, key throws(RecordingProblem) in
      switch key {
      case "divergence": try parser.column(&divergence, count)
      case "floor": try parser.column(&floor, count)
      case "ratio": try parser.column(&ratio, count)
      default: try parser.scanner.skip()
      }
    }
    return LayerColumns(
      divergence: try required(divergence, "divergence"), floor: try required(floor, "floor"),
      ratio: try required(ratio, "ratio"))
  }

  private mutating func column(
    _ slot: inout [Double?]?, _ count: Int
  ) throws(RecordingProblem) {
    try set(&slot) { scanner throws(RecordingProblem) in try scanner.numbers(count: count) }
  }
}
