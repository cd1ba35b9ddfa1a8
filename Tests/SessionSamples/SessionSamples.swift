public import DropoutEngine
public import Sessions

/// Sessions that tests begin with.
public enum SessionSamples {
  /// A journal of changes, each with its step.
  public static func journal(_ entries: [(Int, ExperimentChange)]) -> Journal {
    var journal = Journal()
    for (step, change) in entries { journal.append(Journal.Entry(step: step, change: change)) }
    return journal
  }

  /// A change of a parameter.
  public static func change(_ name: String, _ value: String) -> ExperimentChange {
    .parameter(name: name, value: value)
  }

  /// A fingerprint of a word.
  public static func fingerprint(_ word: String) -> Fingerprint {
    var fingerprint = Fingerprint()
    fingerprint.add(word)
    return fingerprint
  }

  /// Two branches with changes of parameters and of a unit, names that are hard to write, and a
  /// view; its fingerprints are those of no training.
  public static func session() throws -> Session {
    let settings = try Settings(assignments: [
      ("data", "spiral"), ("variant", "inverted"), ("hidden", "6,5"), ("keep", "0.8,0.5"),
      ("steps", "2000"), ("theme", "light"),
    ])
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
      position: TimelinePosition(branch: 3, step: 400, changes: 4), data: fingerprint("data"),
      weights: fingerprint("weights"), view: ["name": "sums", "layer": 1, "unit": -2])
  }

  /// The session of a run that was only trained: without changes, names and other branches.
  public static func merelyTrained(_ session: Session) -> Session {
    Session(
      program: session.program, settings: session.settings,
      branches: [Branch(number: 1, journal: Journal(), reached: 9)],
      position: TimelinePosition(branch: 1, step: 9, changes: 0), data: session.data,
      weights: session.weights)
  }

  /// The session of a training as it stands.
  public static func session(
    _ timeline: Timeline, settings: Settings, initial: [NetworkParameters]? = nil,
    folder: String? = nil, program: String = "0.1.0", view: [String: ViewValue] = [:]
  ) -> Session {
    Session(
      program: program, folder: folder, settings: settings, initial: initial,
      branches: timeline.branches, position: timeline.position,
      data: timeline.group.dataset.fingerprint, weights: timeline.group.fingerprint, view: view)
  }

  /// A training with changes at five moments, which went back and left its branch there.
  ///
  /// - Returns: the training where the session stands.
  public static func played(_ settings: Settings, dataset: Dataset) throws -> Timeline {
    let timeline = Timeline(
      try LearnerGroup(configuration: settings.experiment, dataset: dataset),
      from: settings.experiment, initial: nil)
    try timeline.apply(change("l2", "0.001"))
    try timeline.advance(steps: 70)
    try timeline.apply(change("learning-rate", "0.02"))
    try timeline.apply(.unit(UnitAddress(layer: 0, unit: 1), .kill))
    try timeline.advance(steps: 110)
    try timeline.apply(change("batch", "7"))
    try timeline.advance(steps: 50)
    try timeline.apply(change("optimizer", "adam"))
    try timeline.advance(steps: 60)
    guard timeline.travel(to: 150) == .arrived else { return timeline }
    try timeline.apply(change("learning-rate", "0.03"))
    try timeline.advance(steps: 45)
    return timeline
  }
}
