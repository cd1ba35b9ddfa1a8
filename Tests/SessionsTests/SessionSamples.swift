import DropoutEngine
import Sessions
import Testing

/// Sessions that tests begin with.
enum SessionSamples {
  /// A journal of changes, each with its step.
  static func journal(_ entries: [(Int, ExperimentChange)]) -> Journal {
    var journal = Journal()
    for (step, change) in entries { journal.append(Journal.Entry(step: step, change: change)) }
    return journal
  }

  static func change(_ name: String, _ value: String) -> ExperimentChange {
    .parameter(name: name, value: value)
  }

  /// Two branches with changes of parameters and of a unit, names that are hard to write, and a
  /// view.
  static func session() throws -> Session {
    let settings = try Settings(assignments: [
      ("data", "spiral"), ("variant", "inverted"), ("hidden", "6,5"), ("keep", "0.8,0.5"),
      ("steps", "2000"), ("theme", "light"),
    ])
    var fingerprint = Fingerprint()
    fingerprint.add("data")
    var weights = Fingerprint()
    weights.add("weights")
    let first: [(Int, ExperimentChange)] = [
      (0, change("learning-rate", "0.05")), (120, change("keep", "0.9")),
      (120, .unit(UnitAddress(layer: 1, unit: 4), .kill)),
    ]
    return Session(
      program: "0.1.0", folder: "/home/you/\"data\"\\ \u{1B}ü", settings: settings,
      branches: [
        Branch(number: 1, journal: journal(first), reached: 900),
        Branch(
          number: 3, name: "slower, with a \"quote\"", parent: 1, origin: 400,
          journal: journal(first + [(400, change("learning-rate", "0.001"))]), reached: 650),
      ],
      position: TimelinePosition(branch: 3, step: 400, changes: 4), data: fingerprint,
      weights: weights, view: ["name": "sums", "layer": 1, "unit": -2])
  }
}
