import JSON
import DropoutEngine

extension Session {
  /// The most bytes of a session.
  public static let sizeLimit = 128 << 20

  /// Reads a session, and checks all of it that can be checked without data.
  ///
  /// - Parameters:
  ///   - bytes: a document of JSON.
  ///   - name: the name of the file, for messages.
  /// - Throws: ``SavedFileError`` with the first fault.
  public init(document bytes: [UInt8], name: String) throws(SavedFileError) {
    guard bytes.count <= Session.sizeLimit else {
      throw SavedFileError(
        name: name, problem: .tooLarge(bytes: bytes.count, limit: Session.sizeLimit))
    }
    let node = try JSONNode(bytes, name: name)
    try self.init(JSONField(node: node, place: "", name: name))
  }

  /// Reads a session out of a value of JSON.
  init(_ whole: JSONField) throws(SavedFileError) {
    try Session.checkVersion(whole)
    let fields = try whole.object(Session.fieldNames, maybe: [Session.raceName])
    var settings = try Session.settings(fields)
    settings.experiment.weightRateFactor = try Session.factors(fields["weightRateFactor"])
    settings.experiment.weightEpsilonFactor = try Session.factors(fields["weightEpsilonFactor"])
    var branches: [Branch] = []
    var curves: [Int: [CurveMoment]] = [:]
    for field in try fields["branches"].list() {
      let branch = try Session.branch(field, besides: Session.laterBranchNames)
      branches.append(branch)
      curves[branch.number] = try Session.curve(field, of: branch)
    }
    self.init(
      program: try fields["program"].text(), folder: try fields["folder"].optionalText(),
      settings: settings,
      initial: try Session.initial(fields["initialWeights"]), branches: branches,
      curves: curves,
      position: try Session.position(fields["position"]),
      data: try fields["data"].fingerprint(), weights: try fields["weights"].fingerprint(),
      view: try Session.view(fields["view"]),
      race: try fields.fields[Session.raceName].flatMap(SavedRace.optional))
    try SessionCheck(self, branches: branches, fields).check()
  }

  /// Checks that it is a session, of a version that this program knows.
  private static func checkVersion(_ whole: JSONField) throws(SavedFileError) {
    guard case .object = whole.node.content,
      let field = try whole.members().first(where: { $0.name == "dropscopeSession" })?.field
    else { throw whole.error(.notASession) }
    let version = try field.integer(1...Int(Int32.max))
    guard version <= schema else { throw field.error(.future(version: version, known: schema)) }
  }

  /// The parameters that version 1 of the schema did not know: a session without one of them had
  /// what is the default.
  private static let laterParameters: Set<String> = [
    "keep-schedule", "keep-steps", "mask-groups",
  ]

  private static func settings(_ fields: JSONObject) throws(SavedFileError) -> Settings {
    var settings = Settings()
    for (name, part) in [
      ("configuration", ParameterTable.SessionPart.experiment), ("run", .run),
      ("display", .display),
    ] {
      let rows = ParameterTable.sessionRows(part)
      let members = try fields[name].members()
      // The variant decides others, which are then set to what they were.
      let ordered =
        members.filter { $0.name == "variant" } + members.filter { $0.name != "variant" }
      for (name, field) in ordered {
        guard let row = rows.first(where: { $0.name == name }) else {
          throw field.error(
            .unknown(nearest: NameDistance.nearest(to: name, in: rows.map(\.name))))
        }
        let value = try field.text()
        do {
          try row.set(value, &settings)
        } catch {
          throw field.error(.refused("is refused: \(error.description)"))
        }
      }
      let names = laterParameters.union(members.map(\.name))
      if let lacking = rows.first(where: { !names.contains($0.name) }) {
        let object = JSONObject(whole: fields[name], fields: [:])
        throw object.missing(lacking.name)
      }
    }
    do {
      try settings.validated()
    } catch {
      throw fields["configuration"].error(.refused("is refused: \(error.description)"))
    }
    return settings
  }

  static func factors(_ field: JSONField) throws(SavedFileError) -> PerLayer<Double> {
    var values: [Double] = []
    for element in try field.list() {
      let value = try element.number()
      guard value > 0 else { throw element.error(.outOfRange(value: "\(value)", range: "above 0")) }
      values.append(value)
    }
    guard !values.isEmpty else { throw field.error(.refused("has no number")) }
    return PerLayer(values: values)
  }

  private static func initial(
    _ field: JSONField
  ) throws(SavedFileError) -> [NetworkParameters]? {
    field.isNull ? nil : try networks(field)
  }

  static func networks(_ field: JSONField) throws(SavedFileError) -> [NetworkParameters] {
    var networks: [NetworkParameters] = []
    for learner in try field.list() {
      var layers: [LayerParameters] = []
      for layer in try learner.list() {
        let fields = try layer.object(["units", "inputs", "weights", "biases"])
        let units = try fields["units"].integer(1...1 << 24)
        let inputs = try fields["inputs"].integer(1...1 << 24)
        layers.append(
          LayerParameters(
            weights: Matrix(
              rows: units, columns: inputs,
              elements: try numbers(fields["weights"], count: units * inputs)),
            biases: try numbers(fields["biases"], count: units)))
      }
      networks.append(NetworkParameters(layers: layers))
    }
    return networks
  }

  private static func numbers(
    _ field: JSONField, count: Int
  ) throws(SavedFileError) -> [Float] {
    guard let numbers = Base64.numbers(try field.text()), numbers.count == count else {
      throw field.error(.refused("is not base64 of \(count) numbers of 32 bits"))
    }
    guard numbers.allSatisfy(\.isFinite) else {
      throw field.error(.refused("has a number that is not finite"))
    }
    return numbers
  }

  /// The moments of the curve of a branch; none where the field is not there.
  private static func curve(
    _ field: JSONField, of branch: Branch
  ) throws(SavedFileError) -> [CurveMoment] {
    guard let field = try field.members().first(where: { $0.name == "curve" })?.field else {
      return []
    }
    let text = try field.text()
    do throws(CurveText.Fault) {
      return try CurveText.moments(text, of: branch)
    } catch {
      throw field.error(.refused(error.reason))
    }
  }

  static func branch(
    _ field: JSONField, besides later: [String] = []
  ) throws(SavedFileError) -> Branch {
    let fields = try field.object(branchNames, maybe: later)
    let name = try fields["name"].optionalText()
    if name == "" { throw fields["name"].error(.refused("is empty, where null stands for none")) }
    let journal = try journal(fields["changes"])
    return Branch(
      number: try fields["number"].integer(numbers), name: name,
      parent: try fields["parent"].optionalInteger(numbers),
      origin: try fields["origin"].integer(ParameterTable.stepRange), journal: journal,
      reached: try fields["reached"].integer(ParameterTable.stepRange))
  }

  /// Changes in the order of their steps.
  static func journal(_ field: JSONField) throws(SavedFileError) -> Journal {
    var journal = Journal()
    for change in try field.list() {
      let entry = try entry(change)
      if let last = journal.entries.last, last.step > entry.step {
        throw change.error(
          .refused("is at step \(entry.step), behind one at step \(last.step)"))
      }
      journal.append(entry)
    }
    return journal
  }

  /// The numbers that a branch can have.
  static let numbers = 1...Int(Int32.max)

  static func entry(
    _ field: JSONField, besides others: [String] = []
  ) throws(SavedFileError) -> Journal.Entry {
    let isUnit = try field.members().contains { $0.name == "intervention" }
    let names =
      isUnit ? ["step", "layer", "unit", "intervention"] : ["step", "parameter", "value"]
    let fields = try field.object(names + others)
    let step = try fields["step"].integer(ParameterTable.stepRange)
    guard isUnit else {
      return Journal.Entry(
        step: step,
        change: .parameter(
          name: try fields["parameter"].text(), value: try fields["value"].text()))
    }
    let address = UnitAddress(
      layer: try fields["layer"].integer(0...Int(Int32.max)),
      unit: try fields["unit"].integer(0...Int(Int32.max)))
    let word = try fields["intervention"].text()
    guard let intervention = UnitIntervention(rawValue: word) else {
      let words = UnitIntervention.allCases.map(\.rawValue).joined(separator: ", ")
      throw fields["intervention"].error(.refused("is '\(word)': it takes \(words)"))
    }
    return Journal.Entry(step: step, change: .unit(address, intervention))
  }

  static func position(_ field: JSONField) throws(SavedFileError) -> TimelinePosition {
    let fields = try field.object(["branch", "step", "changes"])
    return TimelinePosition(
      branch: try fields["branch"].integer(numbers),
      step: try fields["step"].integer(ParameterTable.stepRange),
      changes: try fields["changes"].integer(0...Int(Int32.max)))
  }

  static func view(_ field: JSONField) throws(SavedFileError) -> [String: ViewValue] {
    var view: [String: ViewValue] = [:]
    for (name, field) in try field.members() {
      switch field.node.content {
      case .text(let text): view[name] = .text(text)
      case .number: view[name] = .number(try field.integer(Int.min...Int.max))
      default:
        throw field.error(.wrongKind(expected: "a text or a number", found: field.node.words))
      }
    }
    return view
  }
}
