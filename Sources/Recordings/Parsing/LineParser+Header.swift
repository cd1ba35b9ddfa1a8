extension LineParser {
  /// Reads the first line of a recording.
  mutating func header() throws(RecordingProblem) -> RecordingHeader {
    var format: Int?
    var program: String?
    var python: String?
    var frameworks: [RecordedFramework]?
    var started: String?
    var model: String?
    var process: Int?
    var examples: Int?
    var passes: Int?
    var budget: Double??
    var every: Int??
    var layers: [RecordedLayer]?
    try line { parser, key throws(RecordingProblem) in
      switch key {
      case "recording":
        try parser.set(&format) { scanner throws(RecordingProblem) in
          try scanner.integer(Int.min...Int.max)
        }
        if let format, format != RecordingHeader.format { throw .otherFormat(format) }
      case "program": try parser.set(&program, Self.text)
      case "python": try parser.set(&python, Self.text)
      case "frameworks":
        guard frameworks == nil else { throw .twice }
        frameworks = try parser.frameworks()
      case "started": try parser.set(&started, Self.text)
      case "model": try parser.set(&model, Self.text)
      case "process": try parser.set(&process, Self.count)
      case "examples": try parser.set(&examples, Self.count)
      case "passes": try parser.set(&passes, Self.count)
      case "budget": try parser.set(&budget, Self.optionalNumber)
      case "every": try parser.set(&every, Self.optionalCount)
      case "layers":
        guard layers == nil else { throw .twice }
        layers = try parser.layers()
      default: try parser.scanner.skip()
      }
    }
    guard format != nil else { throw .notARecording }
    return RecordingHeader(
      program: try required(program, "program"), python: try required(python, "python"),
      frameworks: try required(frameworks, "frameworks"),
      started: try required(started, "started"), model: try required(model, "model"),
      process: try required(process, "process"), examples: try required(examples, "examples"),
      passes: try required(passes, "passes"), budget: budget ?? nil, every: every ?? nil,
      layers: try required(layers, "layers"))
  }

  private mutating func frameworks() throws(RecordingProblem) -> [RecordedFramework] {
    var frameworks: [RecordedFramework] = []
    try object { parser, name throws(RecordingProblem) in
      guard frameworks.count < 100 else { throw .tooMany(limit: 100) }
      frameworks.append(RecordedFramework(name: name, version: try parser.scanner.text()))
    }
    return frameworks
  }

  private mutating func layers() throws(RecordingProblem) -> [RecordedLayer] {
    var layers: [RecordedLayer] = []
    try list(most: RecordingHeader.mostLayers) { parser, _ throws(RecordingProblem) in
      layers.append(try parser.layer())
    }
    return layers
  }

  private mutating func layer() throws(RecordingProblem) -> RecordedLayer {
    var name: String?
    var call: Int?
    var kind: String?
    var inputs: Int??
    var units: Int??
    var shape: [Int]?
    var source: String??
    var shownInputs: [Int]?
    var shownUnits: [Int]?
    try object { parser, key throws(RecordingProblem) in
      switch key {
      case "name": try parser.set(&name, Self.text)
      case "call": try parser.set(&call, Self.count)
      case "kind": try parser.set(&kind, Self.text)
      case "inputs": try parser.set(&inputs, Self.optionalCount)
      case "units": try parser.set(&units, Self.optionalCount)
      case "shape":
        try parser.set(&shape) { scanner throws(RecordingProblem) in
          try scanner.integers(0...Int.max, most: 64)
        }
      case "source": try parser.set(&source, Self.optionalText)
      case "shown inputs": try parser.set(&shownInputs, Self.ascending)
      case "shown units": try parser.set(&shownUnits, Self.ascending)
      default: try parser.scanner.skip()
      }
    }
    return RecordedLayer(
      name: try required(name, "name"), call: try required(call, "call"),
      kind: try required(kind, "kind"), inputs: inputs ?? nil, units: units ?? nil,
      shape: try required(shape, "shape"), source: source ?? nil,
      shownInputs: try required(shownInputs, "shown inputs"),
      shownUnits: try required(shownUnits, "shown units"))
  }

  private static func ascending(
    _ scanner: inout RecordingScanner
  ) throws(RecordingProblem) -> [Int] {
    let values = try scanner.integers(0...Int.max, most: RecordingHeader.mostShown)
    for (before, value) in zip(values, values.dropFirst()) where value <= before {
      throw .notAscending(value, after: before)
    }
    return values
  }
}

/// The readers of single values.
extension LineParser {
  static func text(_ scanner: inout RecordingScanner) throws(RecordingProblem) -> String {
    try scanner.text()
  }

  static func optionalText(_ scanner: inout RecordingScanner) throws(RecordingProblem) -> String? {
    try scanner.optionalText()
  }

  static func number(_ scanner: inout RecordingScanner) throws(RecordingProblem) -> Double {
    try scanner.number()
  }

  static func optionalNumber(_ scanner: inout RecordingScanner) throws(RecordingProblem) -> Double?
  {
    try scanner.optionalNumber()
  }

  static func count(_ scanner: inout RecordingScanner) throws(RecordingProblem) -> Int {
    try scanner.integer(0...Int.max)
  }

  static func optionalCount(_ scanner: inout RecordingScanner) throws(RecordingProblem) -> Int? {
    try scanner.takeNull() ? nil : try scanner.integer(0...Int.max)
  }
}
