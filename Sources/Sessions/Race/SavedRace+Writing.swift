import DropoutEngine

extension SavedRace {
  static let fieldNames = ["initialWeights", "runners", "changes", "place"]

  var json: JSONValue {
    .object([
      ("initialWeights", start.json), ("runners", .list(runners.map(\.json))),
      ("changes", .list(changes.map(\.json))), ("place", place.json),
    ])
  }
}

extension SavedRace.Start {
  /// The words for weights that are not listed.
  static let experimentWord = "experiment"
  static let drawnWord = "drawn"

  var json: JSONValue {
    switch self {
    case .experiment: .text(SavedRace.Start.experimentWord)
    case .drawn: .text(SavedRace.Start.drawnWord)
    case .given(let networks): .list(networks.map(Session.json))
    }
  }
}

extension SavedRace.Runner {
  static let fieldNames = [
    "name", "isTwin", "parameters", "weightRateFactor", "weightEpsilonFactor", "given", "changes",
  ]

  var json: JSONValue {
    .object([
      ("name", .text(name)), ("isTwin", .flag(isTwin)),
      ("parameters", .object(parameters.map { ($0.name, .text($0.value)) })),
      ("weightRateFactor", Session.json(weightRateFactor)),
      ("weightEpsilonFactor", Session.json(weightEpsilonFactor)),
      ("given", .list(given.entries.map(Session.json))),
      ("changes", .list(journal.entries.map(Session.json))),
    ])
  }
}

extension SavedRace.Change {
  static let fieldNames = ["parameter", "step", "takers"]

  var json: JSONValue {
    .object([
      ("parameter", .text(name)), ("step", .integer(step)),
      (
        "takers",
        .list(
          takers.map {
            .object([("runner", .integer($0.runner)), ("change", .integer($0.index))])
          })
      ),
    ])
  }
}

extension SavedRace.Place {
  static let fieldNames = ["step", "reached", "runners", "weights"]

  var json: JSONValue {
    .object([
      ("step", .integer(step)), ("reached", .integer(reached)),
      (
        "runners",
        .list(
          runners.map {
            .object([("step", .integer($0.step)), ("changes", .integer($0.changes))])
          })
      ),
      ("weights", .text(weights.description)),
    ])
  }
}
