import JSON
import DropoutEngine

extension SavedRace {
  /// Reads a race; null is none.
  static func optional(_ field: JSONField) throws(SavedFileError) -> SavedRace? {
    field.isNull ? nil : try SavedRace(field)
  }

  init(_ field: JSONField) throws(SavedFileError) {
    let fields = try field.object(SavedRace.fieldNames)
    var runners: [Runner] = []
    for field in try fields["runners"].list() { runners.append(try Runner(field)) }
    guard !runners.isEmpty else { throw fields["runners"].error(.refused("has no runner")) }
    var changes: [Change] = []
    for field in try fields["changes"].list() { changes.append(try Change(field)) }
    self.init(
      start: try Start(fields["initialWeights"]), runners: runners, changes: changes,
      place: try Place(fields["place"]))
  }
}

extension SavedRace.Start {
  init(_ field: JSONField) throws(SavedFileError) {
    guard case .text(let word) = field.node.content else {
      self = .given(try Session.networks(field))
      return
    }
    switch word {
    case Self.experimentWord: self = .experiment
    case Self.drawnWord: self = .drawn
    default:
      throw field.error(
        .refused(
          "is '\(ForeignText.shown(word))': it takes \(Self.experimentWord), \(Self.drawnWord) "
            + "or a list of networks"))
    }
  }
}

extension SavedRace.Runner {
  fileprivate init(_ field: JSONField) throws(SavedFileError) {
    let fields = try field.object(SavedRace.Runner.fieldNames)
    var parameters: [Parameter] = []
    for (name, field) in try fields["parameters"].members() {
      parameters.append(Parameter(name: name, value: try field.text()))
    }
    self.init(
      name: try fields["name"].text(), isTwin: try fields["isTwin"].flag(), parameters: parameters,
      weightRateFactor: try Session.factors(fields["weightRateFactor"]),
      weightEpsilonFactor: try Session.factors(fields["weightEpsilonFactor"]),
      given: try Session.journal(fields["given"]), journal: try Session.journal(fields["changes"]))
  }
}

extension SavedRace.Change {
  fileprivate init(_ field: JSONField) throws(SavedFileError) {
    let fields = try field.object(SavedRace.Change.fieldNames)
    var takers: [Taker] = []
    for field in try fields["takers"].list() {
      let fields = try field.object(["runner", "change"])
      takers.append(
        Taker(
          runner: try fields["runner"].integer(0...Int(Int32.max)),
          index: try fields["change"].integer(0...Int(Int32.max))))
    }
    self.init(
      name: try fields["parameter"].text(),
      step: try fields["step"].integer(ParameterTable.stepRange), takers: takers)
  }
}

extension SavedRace.Place {
  init(_ field: JSONField) throws(SavedFileError) {
    let fields = try field.object(SavedRace.Place.fieldNames)
    var runners: [Standing] = []
    for field in try fields["runners"].list() {
      let fields = try field.object(["step", "changes"])
      runners.append(
        Standing(
          step: try fields["step"].integer(ParameterTable.stepRange),
          changes: try fields["changes"].integer(0...Int(Int32.max))))
    }
    self.init(
      step: try fields["step"].integer(ParameterTable.stepRange),
      reached: try fields["reached"].integer(ParameterTable.stepRange), runners: runners,
      weights: try fields["weights"].fingerprint())
  }
}
