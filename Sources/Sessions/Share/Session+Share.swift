import DropoutEngine

extension Session {
  /// The most characters of a share string.
  public static let shareLimit = 2000

  /// The experiment, the changes of the current branch and the position as a short text, which goes
  /// into a mail, a page or a command line.
  ///
  /// Other branches, the length of the run, the display and the view are not in it.
  ///
  /// - Throws: ``SavedFileError`` where it would have more than ``shareLimit`` characters, or the
  ///   session begins with weights that no parameter names: a file has room for all of it.
  public func shareText() throws(SavedFileError) -> String {
    func refusal(_ problem: SavedFileProblem) -> SavedFileError {
      SavedFileError(name: "the share string", problem: problem)
    }
    let own = settings.experiment
    let factors = own.weightRateFactor.values + own.weightEpsilonFactor.values
    guard initial == nil, factors.allSatisfy({ $0 == 1 })
    else {
      throw refusal(.notShareable("cannot hold the weights that the experiment began with"))
    }
    let lines = shareLines
    guard lines.allSatisfy({ !$0.contains("\n") }) else {
      throw refusal(.notShareable("cannot hold a value of several lines"))
    }
    let text = ShareCode.text(Array(lines.joined(separator: "\n").utf8))
    guard text.utf8.count <= Session.shareLimit else {
      throw refusal(
        .notShareable(
          "would have \(text.utf8.count) characters, more than \(Session.shareLimit)"))
    }
    return text
  }

  /// Each line begins with a letter that says what it is.
  private var shareLines: [String] {
    var base = Settings()
    let rows = ParameterTable.sessionRows(.experiment)
    // The variant sets others, so it is named even where it is the default's.
    let variant = rows.first { $0.name == "variant" }
    if let variant { try? variant.set(variant.get(settings), &base) }
    let parameters = rows.filter { $0.name == "variant" || $0.get(settings) != $0.get(base) }
    let branch = branch
    return ["p\(program)", "d\(data)", "w\(weights)"]
      + parameters.map { "c\($0.name)=\($0.get(settings))" }
      + branch.journal.entries.map { entry in
        switch entry.change {
        case .parameter(let name, let value): "j\(entry.step) \(name)=\(value)"
        case .unit(let address, let intervention):
          "u\(entry.step) \(address.layer) \(address.unit) \(intervention.rawValue)"
        }
      } + ["a\(position.step) \(position.changes) \(branch.reached)"]
  }

  /// Reads a share string.
  ///
  /// - Throws: ``SavedFileError`` where any character of it was changed, or this program does not
  ///   accept what it says.
  public init(share text: String) throws(SavedFileError) {
    do throws(SavedFileProblem) {
      let bytes = try ShareCode.bytes(text)
      guard let lines = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
      var reading = ShareReading()
      for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
        try reading.take(line)
      }
      self = try reading.session()
    } catch {
      throw SavedFileError(name: "the share string", problem: error)
    }
  }
}

/// The lines of a share string on their way to a session.
private struct ShareReading {
  private var fields: [Character: Substring] = [:]
  private var parameters: [(name: String, value: String)] = []
  private var journal = Journal()

  mutating func take(_ line: Substring) throws(SavedFileProblem) {
    let rest = line.dropFirst()
    let words = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    switch line.first {
    case "p", "d", "w", "a":
      guard let key = line.first, fields.updateValue(rest, forKey: key) == nil else {
        throw wrong(line)
      }
    case "c": parameters.append(try assignment(rest))
    case "j":
      guard words.count == 2 else { throw wrong(line) }
      let (name, value) = try assignment(words[1])
      try append(.parameter(name: name, value: value), at: words[0])
    case "u":
      let parts = rest.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 4, let layer = Int(parts[1]), let unit = Int(parts[2]), layer >= 0,
        unit >= 0, let intervention = UnitIntervention(rawValue: String(parts[3]))
      else { throw wrong(line) }
      try append(.unit(UnitAddress(layer: layer, unit: unit), intervention), at: parts[0])
    default: throw wrong(line)
    }
  }

  private mutating func append(
    _ change: ExperimentChange, at text: Substring
  ) throws(SavedFileProblem) {
    guard let step = Int(text), ParameterTable.stepRange.contains(step),
      step >= journal.entries.last?.step ?? 0
    else { throw wrong(text) }
    journal.append(Journal.Entry(step: step, change: change))
  }

  private func assignment(
    _ text: Substring
  ) throws(SavedFileProblem) -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "=") else { throw wrong(text) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private func wrong(_ text: Substring) -> SavedFileProblem {
    .damagedShare("says '\(text)', which means nothing here")
  }

  func session() throws(SavedFileProblem) -> Session {
    let numbers = (fields["a"] ?? "").split(separator: " ").map { Int($0) ?? -1 }
    guard let program = fields["p"], let data = Fingerprint(String(fields["d"] ?? "")),
      let weights = Fingerprint(String(fields["w"] ?? "")), numbers.count == 3
    else { throw .damagedShare("has no version, no fingerprints or no position") }
    var settings = Settings()
    let rows = ParameterTable.sessionRows(.experiment)
    for (name, value) in parameters.filter({ $0.name == "variant" })
      + parameters.filter({ $0.name != "variant" })
    {
      guard let row = rows.first(where: { $0.name == name }) else {
        throw .refused("has parameter '\(name)', which this version does not know")
      }
      do {
        try row.set(value, &settings)
      } catch {
        throw .refused("is refused: \(error.description)")
      }
    }
    let session = Session(
      program: String(program), settings: settings,
      branches: [Branch(number: 1, journal: journal, reached: numbers[2])],
      position: TimelinePosition(branch: 1, step: numbers[0], changes: numbers[1]), data: data,
      weights: weights)
    do throws(SavedFileError) {
      return try Session(document: session.document, name: "the share string")
    } catch {
      throw .refused("is refused: \(error.field) \(error.problem.fault)")
    }
  }
}
