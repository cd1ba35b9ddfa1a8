import DropoutEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Session {
  /// The session as a document of JSON: indented UTF-8, as docs/session.md says.
  public var document: [UInt8] { json.indented }

  /// The names of the fields, in their order.
  static let fieldNames = [
    "dropscopeSession", "program", "folder", "configuration", "run", "display",
    "weightRateFactor", "weightEpsilonFactor", "initialWeights", "data", "branches", "position",
    "weights", "view",
  ]

  /// The session as JSON.
  var json: JSONValue {
    .object(
      [
        ("dropscopeSession", .integer(Session.schema)), ("program", .text(program)),
        ("folder", .optional(folder)),
        ("configuration", Session.json(ParameterTable.sessionRows(.experiment), of: settings)),
        ("run", Session.json(ParameterTable.sessionRows(.run), of: settings)),
        ("display", Session.json(ParameterTable.sessionRows(.display), of: settings)),
        ("weightRateFactor", Session.json(settings.experiment.weightRateFactor)),
        ("weightEpsilonFactor", Session.json(settings.experiment.weightEpsilonFactor)),
        ("initialWeights", initial.map { .list($0.map(Session.json)) } ?? .null),
        ("data", .text(data.description)), ("branches", .list(branches.map(json(of:)))),
        ("position", Session.json(position)), ("weights", .text(weights.description)),
        ("view", Session.json(view)),
      ] + (race.map { [(Session.raceName, $0.json)] } ?? []))
  }

  /// The name of the field that a session without a race, and an older one, does not have.
  static let raceName = "race"

  static func json(_ rows: [ParameterDefinition], of settings: Settings) -> JSONValue {
    .object(rows.map { ($0.name, .text($0.get(settings))) })
  }

  static func json(_ factors: PerLayer<Double>) -> JSONValue {
    .list(factors.values.map { .number("\($0)") })
  }

  static func json(_ network: NetworkParameters) -> JSONValue {
    .list(
      network.layers.map { layer in
        .object([
          ("units", .integer(layer.weights.rows)), ("inputs", .integer(layer.weights.columns)),
          ("weights", .text(Base64.text(layer.weights.elements))),
          ("biases", .text(Base64.text(layer.biases))),
        ])
      })
  }

  static let branchNames = ["number", "name", "parent", "origin", "reached", "changes"]

  /// The name of the field of a branch that older sessions do not have.
  static let laterBranchNames = ["curve"]

  private func json(of branch: Branch) -> JSONValue {
    let curve = curves[branch.number].map { CurveText.text($0, of: branch) }
    return .object(
      Session.members(of: branch) + (curve.map { [("curve", .text($0))] } ?? []))
  }

  static func json(_ branch: Branch) -> JSONValue { .object(members(of: branch)) }

  private static func members(of branch: Branch) -> [(name: String, value: JSONValue)] {
    [
      ("number", .integer(branch.number)), ("name", .optional(branch.name)),
      ("parent", .optional(branch.parent)), ("origin", .integer(branch.origin)),
      ("reached", .integer(branch.reached)),
      ("changes", .list(branch.journal.entries.map(Session.json))),
    ]
  }

  static func json(_ entry: Journal.Entry) -> JSONValue { .object(members(of: entry)) }

  static func members(of entry: Journal.Entry) -> [(name: String, value: JSONValue)] {
    switch entry.change {
    case .parameter(let name, let value):
      [("step", .integer(entry.step)), ("parameter", .text(name)), ("value", .text(value))]
    case .unit(let address, let intervention):
      [
        ("step", .integer(entry.step)), ("layer", .integer(address.layer)),
        ("unit", .integer(address.unit)), ("intervention", .text(intervention.rawValue)),
      ]
    }
  }

  static func json(_ position: TimelinePosition) -> JSONValue {
    .object([
      ("branch", .integer(position.branch)), ("step", .integer(position.step)),
      ("changes", .integer(position.changes)),
    ])
  }

  static func json(_ view: [String: ViewValue]) -> JSONValue {
    .object(
      view.sorted { $0.key < $1.key }.map { name, value in
        switch value {
        case .text(let text): (name, .text(text))
        case .number(let number): (name, .integer(number))
        }
      })
  }
}

extension ParameterTable {
  /// The part of a session that parameters stand in.
  enum SessionPart {
    case experiment, run, display
  }

  /// The rows of a part; several names of the same setting count once.
  static func sessionRows(_ part: SessionPart) -> [ParameterDefinition] {
    switch part {
    case .run: rows(of: .run)
    case .display: rows(of: .display)
    case .experiment:
      all.filter {
        $0.group != .run && $0.group != .display
          && !["drop", "drop-input", "seed"].contains($0.name)
      }
    }
  }
}

/// Numbers of 32 bits as text: base64 of their bytes, the lowest byte first.
enum Base64 {
  static func text(_ numbers: [Float]) -> String {
    var data = Data(capacity: 4 * numbers.count)
    for number in numbers {
      let bits = number.bitPattern
      data.append(contentsOf: [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: bits >> $0) })
    }
    return data.base64EncodedString()
  }

  /// Reads ``text(_:)``; nil for any other text.
  static func numbers(_ text: String) -> [Float]? {
    guard let data = Data(base64Encoded: text), data.count % 4 == 0 else { return nil }
    let bytes = [UInt8](data)
    return stride(from: 0, to: bytes.count, by: 4).map { first in
      Float(
        bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[first + $1]) << (8 * $1) })
    }
  }
}
