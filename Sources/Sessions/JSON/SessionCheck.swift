import DropoutEngine

/// The checks of a session that was read, as a whole: nothing is trained for them.
struct SessionCheck {
  private let session: Session
  /// The branches as they were read.
  private let branches: [Branch]
  private let fields: JSONObject

  init(_ session: Session, branches: [Branch], _ fields: JSONObject) {
    (self.session, self.branches, self.fields) = (session, branches, fields)
  }

  func check() throws(SavedFileError) {
    try checkInitial()
    let places = try fields["branches"].list()
    guard !branches.isEmpty else { throw fields["branches"].error(.refused("has no branch")) }
    var numbers: Set<Int> = []
    for (branch, place) in zip(branches, places) {
      let place = try place.object(Session.branchNames, maybe: Session.laterBranchNames)
      guard numbers.insert(branch.number).inserted else {
        throw place["number"].error(.refused("is \(branch.number), as that of another branch"))
      }
      if let parent = branch.parent {
        guard numbers.contains(parent), parent != branch.number else {
          throw place["parent"].error(
            .refused("is \(parent), and no branch before this one has that number"))
        }
      }
      if branch.origin > branch.reached {
        throw place["origin"].error(
          .refused("is step \(branch.origin), and the branch reached \(branch.reached)"))
      }
      if let last = branch.journal.entries.last, last.step > branch.reached {
        throw place["reached"].error(
          .refused("is step \(branch.reached), and there is a change at step \(last.step)"))
      }
      try SessionCheck.checkChanges(
        branch.journal, from: session.settings.experiment, place["changes"])
    }
    try checkPosition()
    if let race = session.race, let field = fields.fields[Session.raceName] {
      try SavedRaceCheck(race, of: session, field).check()
    }
  }

  private func checkInitial() throws(SavedFileError) {
    let configuration = session.settings.experiment
    let layers = configuration.hidden.count + 1
    for (name, factor) in [
      ("weightRateFactor", configuration.weightRateFactor),
      ("weightEpsilonFactor", configuration.weightEpsilonFactor),
    ] {
      try SessionCheck.check(factor, layers: layers, fields[name])
    }
    guard let initial = session.initial else { return }
    let place = fields["initialWeights"]
    guard initial.count == configuration.learnerCount else {
      throw place.error(
        .refused(
          "has \(initial.count) networks, and the variant has \(configuration.learnerCount)"))
    }
    let first = initial.first?.layers.first?.weights.columns ?? 0
    for network in initial {
      let outputs = network.layers.last?.weights.rows ?? 0
      do {
        try network.check(
          against: NetworkShape(inputs: first, hidden: configuration.hidden, outputs: outputs))
      } catch {
        throw place.error(.refused("does not fit: \(error.description)"))
      }
    }
  }

  /// Checks that there is one factor, or one for each layer.
  static func check(
    _ factor: PerLayer<Double>, layers: Int, _ place: JSONField
  ) throws(SavedFileError) {
    guard factor.values.count != 1, factor.values.count != layers else { return }
    throw place.error(
      .refused("has \(factor.values.count) numbers, and there are \(layers) layers"))
  }

  /// Checks that an experiment accepts each change, one after the other.
  static func checkChanges(
    _ journal: Journal, from start: ExperimentConfiguration, _ place: JSONField
  ) throws(SavedFileError) {
    var configuration = start
    let places = try place.list()
    for (entry, place) in zip(journal.entries, places) {
      switch entry.change {
      case .parameter(let name, let value):
        do {
          configuration = try configuration.changing(name, to: value)
        } catch {
          throw place.error(.refused("is refused: \(error.description)"))
        }
      case .unit(let address, _):
        let hidden = configuration.hidden
        guard hidden.indices.contains(address.layer) else {
          throw place.error(
            .refused("names hidden layer \(address.layer), and there are \(hidden.count), from 0"))
        }
        guard address.unit < hidden[address.layer] else {
          throw place.error(
            .refused(
              "names unit \(address.unit) of hidden layer \(address.layer), which has "
                + "\(hidden[address.layer]), from 0"))
        }
      }
    }
  }

  private func checkPosition() throws(SavedFileError) {
    let (position, place) = (session.position, fields["position"])
    guard let branch = branches.first(where: { $0.number == position.branch }) else {
      throw place.error(.refused("is on branch \(position.branch), and there is none"))
    }
    guard position.step <= branch.reached else {
      throw place.error(
        .refused("is step \(position.step), and the branch reached \(branch.reached)"))
    }
    try place.check(position.changes, at: position.step, of: branch.journal)
  }
}

extension JSONField {
  /// Checks how many changes of a journal a place at a step has behind it.
  ///
  /// - Throws: ``SavedFileError`` with the numbers that there can be.
  func check(_ changes: Int, at step: Int, of journal: Journal) throws(SavedFileError) {
    let least = journal.count(through: step - 1)
    let most = journal.count(through: step)
    guard (least...most).contains(changes) else {
      throw error(
        .refused(
          "has \(changes) changes, and at step \(step) there are "
            + (least == most ? "\(most)" : "\(least) to \(most)")))
    }
  }
}
