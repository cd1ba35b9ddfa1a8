// Going to another moment.
extension Timeline {
  /// The steps that are taken before somebody may call the journey off: fewer where they take
  /// long.
  private var stint: Int { max(1, min(64, 16_000_000 / max(1, bytes))) }

  /// Goes to a step of the branch, or to where the branch stops before it.
  ///
  /// The changes that were made before that step are in force then. A step that nobody has seen yet
  /// is trained for.
  ///
  /// - Parameters:
  ///   - step: the number of updates, at least 0.
  ///   - goesOn: called on the way with the step that was reached; false calls the journey off.
  /// - Returns: how it ended.
  public func travel(
    to step: Int, goesOn: (_ step: Int) -> Bool = { _ in true }
  ) -> TimelineArrival {
    travel(
      to: TimelinePosition(
        branch: branch.number, step: step, changes: branch.journal.count(through: step)),
      goesOn: goesOn)
  }

  /// Goes to a moment of a branch, or to where the branch stops before it.
  ///
  /// - Parameters:
  ///   - position: the moment.
  ///   - goesOn: called on the way with the step that was reached; false calls the journey off.
  /// - Returns: how it ended.
  /// - Precondition: the branch exists and has that many changes up to the step.
  public func travel(
    to position: TimelinePosition, goesOn: (_ step: Int) -> Bool = { _ in true }
  ) -> TimelineArrival {
    guard let index = branches.firstIndex(where: { $0.number == position.branch }) else {
      preconditionFailure("there is no branch \(position.branch)")
    }
    let journal = branches[index].journal
    precondition(
      position.step >= 0 && position.changes <= journal.count(through: position.step)
        && position.changes >= journal.count(through: position.step - 1),
      "\(position.changes) changes before step \(position.step)")
    begin(position, on: index)
    let start = group.step
    let stint = stint
    var near: [CheckpointStore.Moment] = []
    defer {
      store.keepNear(near)
      // Who goes to a place where the loss is beyond its range knows that.
      group.forgetLosses()
    }
    let stops = CheckpointStore.nearDistances.suffix(store.nearCapacity(bytes: bytes))
      .map { position.step - $0 }.filter { $0 > start }
    while true {
      takeChanges(atMost: position.changes)
      guard group.step < position.step else { return .arrived }
      let goal = min(
        position.step, nextStop, group.step + stint,
        stops.first { $0 > group.step } ?? .max)
      do {
        try advance(through: goal)
      } catch {
        return .stopped(error)
      }
      if stops.contains(group.step), store.hasRoom(bytes: bytes) {
        takeChanges(atMost: position.changes)
        store.makeNearRoom(for: near.count + 1, from: stops[0], bytes: bytes)
        near.append(moment)
      }
      keepIfDue()
      if group.step < position.step, !goesOn(group.step) {
        takeChanges(atMost: position.changes)
        return .calledOff
      }
    }
  }

  /// Takes all steps from here to a later moment of the branch that training is on, so that the
  /// losses of its minibatches are noted; a journey may leave some of them out.
  ///
  /// - Parameters:
  ///   - position: the moment.
  ///   - tell: called on the way with the step that was reached.
  /// - Throws: ``NotFiniteError`` where the branch stops before that moment.
  /// - Precondition: training stands before the moment, on its branch.
  public func follow(
    to position: TimelinePosition, tell: (_ step: Int) -> Void = { _ in }
  ) throws(NotFiniteError) {
    precondition(
      position.branch == branch.number && position.step >= group.step,
      "step \(position.step) of branch \(position.branch) does not lie ahead")
    takeChanges(atMost: position.changes)
    while group.step < position.step {
      try advance(through: min(position.step, nextStop, group.step + stint))
      takeChanges(atMost: position.changes)
      keepIfDue()
      tell(group.step)
    }
    // Who is told the way knows where the loss is beyond its range.
    group.forgetLosses()
  }

  /// Puts the learners where the shortest way to a moment begins: here, at a checkpoint, or at the
  /// start.
  private func begin(_ position: TimelinePosition, on index: Int) {
    let journal = branches[index].journal
    let here = self.position
    let leadsOn =
      here.step <= position.step && here.changes <= position.changes
      && group.journal.leads(from: here.step, to: journal)
    let checkpoint = store.latest(before: position, of: journal)
    current = index
    if leadsOn, here.step >= checkpoint?.step ?? 0 { return }
    if let checkpoint {
      group.resume(checkpoint.learners)
    } else {
      group.restart(initialConfiguration, initial: initial)
    }
  }

  // MARK: Undo

  /// The moment before the last change that is in force, without it; nil where none is.
  public var positionBeforeChange: TimelinePosition? {
    guard let last = group.journal.entries.last else { return nil }
    return TimelinePosition(
      branch: branch.number, step: last.step, changes: group.journal.entries.count - 1)
  }

  /// The moment after the next change of the branch that is not in force yet; nil where there is
  /// none.
  public var positionAfterChange: TimelinePosition? {
    let taken = group.journal.entries.count
    guard taken < branch.journal.entries.count else { return nil }
    return TimelinePosition(
      branch: branch.number, step: branch.journal.entries[taken].step, changes: taken + 1)
  }

  // MARK: Branches

  /// The moment that a branch got to.
  ///
  /// - Precondition: the branch exists.
  public func end(of number: Int) -> TimelinePosition {
    guard let branch = branches.first(where: { $0.number == number }) else {
      preconditionFailure("there is no branch \(number)")
    }
    return TimelinePosition(
      branch: number, step: branch.reached, changes: branch.journal.entries.count)
  }

  /// Names a branch; an empty name takes its name away.
  public func name(_ number: Int, _ name: String) {
    guard let index = branches.firstIndex(where: { $0.number == number }) else { return }
    branches[index].name = name.isEmpty ? nil : name
  }

  /// Removes a branch that training is not on.
  ///
  /// - Returns: false where training is on it, or it does not exist.
  public func remove(_ number: Int) -> Bool {
    guard number != branch.number, let index = branches.firstIndex(where: { $0.number == number })
    else { return false }
    branches.remove(at: index)
    if index < current { current -= 1 }
    store.forget(allBut: branches)
    return true
  }
}
