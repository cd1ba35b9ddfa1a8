extension LineParser {
  /// Reads the sums of some layers.
  mutating func units(
    _ header: RecordingHeader
  ) throws(RecordingProblem) -> [RecordedUnits] {
    var all: [RecordedUnits] = []
    var seen = SeenNumbers()
    try list(most: header.layers.count) { parser, _ throws(RecordingProblem) in
      var layer: Int?
      var step: [Double?]?
      var training: [Double?]?
      var deviation: [Double?]?
      var test: [Double?]?
      // The layer may stand behind its columns, so their length is checked at the end.
      let most = RecordingHeader.mostShown
      try parser.object { parser, key throws(RecordingProblem) in
        switch key {
        case "layer":
          try parser.set(&layer) { scanner throws(RecordingProblem) in
            try scanner.integer(0...max(0, header.layers.count - 1))
          }
        case "step": try parser.shortColumn(&step, most)
        case "train": try parser.shortColumn(&training, most)
        case "sd": try parser.shortColumn(&deviation, most)
        case "test": try parser.shortColumn(&test, most)
        default: try parser.scanner.skip()
        }
      }
      let of = try parser.required(layer, "layer")
      let units = RecordedUnits(
        layer: of, step: try parser.required(step, "step"),
        training: try parser.required(training, "train"),
        deviation: try parser.required(deviation, "sd"), test: try parser.required(test, "test"))
      let count = header.layers[of].shownUnits.count
      for (column, name) in [
        (units.step, "step"), (units.training, "train"), (units.deviation, "sd"),
        (units.test, "test"),
      ] where column.count != count {
        throw parser.blame(name, .wrongCount(expected: count, found: column.count))
      }
      guard seen.insert(of) else { throw .twice }
      all.append(units)
    }
    return all
  }

  /// Reads a list of at most `most` numbers.
  private mutating func shortColumn(
    _ slot: inout [Double?]?, _ most: Int
  ) throws(RecordingProblem) {
    try set(&slot) { scanner throws(RecordingProblem) in
      guard scanner.peek() == UInt8(ascii: "[") else {
        throw scanner.wrongKind("a list of numbers")
      }
      scanner.advance()
      var values: [Double?] = []
      var isFirst = true
      while try scanner.hasNext(closing: "]", &isFirst) {
        guard values.count < most else { throw .tooMany(limit: most) }
        values.append(try scanner.optionalNumber())
      }
      return values
    }
  }

  /// Reads the masks of some gaps.
  mutating func masks(_ header: RecordingHeader) throws(RecordingProblem) -> [RecordedMask] {
    var all: [RecordedMask] = []
    var seen = SeenNumbers()
    try list(most: header.gapCount) { parser, _ throws(RecordingProblem) in
      var gap: Int?
      var marks: [RecordedMark]?
      try parser.object { parser, key throws(RecordingProblem) in
        switch key {
        case "gap":
          try parser.set(&gap) { scanner throws(RecordingProblem) in
            try scanner.integer(0...header.layers.count)
          }
        case "kept": try parser.set(&marks, Self.marks)
        default: try parser.scanner.skip()
        }
      }
      let mask = RecordedMask(
        gap: try parser.required(gap, "gap"), marks: try parser.required(marks, "kept"))
      // Behind the last layer there are no inputs that the header could name.
      if mask.gap < header.layers.count {
        let count = header.layers[mask.gap].shownInputs.count
        guard mask.marks.count == count else {
          throw .wrongCount(expected: count, found: mask.marks.count)
        }
      }
      guard seen.insert(mask.gap) else { throw .twice }
      all.append(mask)
    }
    return all
  }

  private static func marks(
    _ scanner: inout RecordingScanner
  ) throws(RecordingProblem) -> [RecordedMark] {
    let text = try scanner.text()
    guard text.utf8.count <= RecordingHeader.mostShown else {
      throw .tooMany(limit: RecordingHeader.mostShown)
    }
    var marks: [RecordedMark] = []
    for byte in text.utf8 {
      guard let mark = RecordedMark(rawValue: byte) else {
        throw .wrongKind(expected: "a string of 1, 0 and ?", found: "'\(text.prefix(24))'")
      }
      marks.append(mark)
    }
    return marks
  }
}
