import DropoutEngine

// Journeys through the run.
extension SteeredTraining {
  /// Goes to another moment of the run, and pauses there; says why where there is no such moment.
  func travel(to destination: TimelineDestination) {
    guard let goal = goal(of: destination) else {
      say(destination.absence)
      return
    }
    let label = label(of: destination)
    snapshot.isRunning = false
    let arrival = timeline.travel(to: goal) { step in
      whileTravelling?(TimelineProgress(step: step, goal: goal.step)) ?? true
    }
    endBreakdown()
    arrive()
    switch arrival {
    case .arrived: if let label { say(label) }
    case .stopped(let error) where stopsOutOfRange:
      stop(at: timeline.goBack(before: .notFinite(error)))
      say("\(timeline.branch.title) ends at step \(error.step): \(error.place) is not finite")
    case .stopped(let error):
      snapshot.notFinite = error
      say("\(timeline.branch.title) ends here: \(error.place) is not finite")
    case .calledOff: say("stopped on the way, at step \(group.step)")
    }
  }

  /// Takes up the moment that training stands at after a journey.
  private func arrive() {
    snapshot.step = group.step
    snapshot.epoch = group.epoch
    noteChanges()
    // The weights are others, whatever was changed.
    snapshot.generation += 1
    snapshot.counterfactualGeneration = snapshot.generation
    showNextStep()
  }

  // MARK: What broke

  /// Stands still at the last good step before something broke.
  func stop(at breakdown: Breakdown) {
    snapshot.isRunning = false
    snapshot.notFinite = nil
    arrive()
    // Where even the step from here cannot be taken, that is what there is to say.
    snapshot.breakdown = snapshot.notFinite == nil ? breakdown : nil
  }

  /// Goes on in spite of what breaks it, where a person has read that it does.
  func goOnOutOfRange() {
    guard snapshot.breakdown != nil else { return }
    snapshot.breakdown = nil
    goesOnOutOfRange = true
  }

  /// Stops where it breaks from now on: something is different.
  func endBreakdown() {
    snapshot.breakdown = nil
    goesOnOutOfRange = false
  }

  /// The moment that is asked for; nil where there is none.
  private func goal(of destination: TimelineDestination) -> TimelinePosition? {
    let branch = timeline.branch
    func at(_ step: Int) -> TimelinePosition {
      let step = max(0, step)
      return TimelinePosition(
        branch: branch.number, step: step, changes: branch.journal.count(through: step))
    }
    switch destination {
    case .step(let step): return at(step)
    case .steps(-1):
      // From where nothing goes on, one step back is still broken.
      if let error = snapshot.notFinite, error.step == group.step, error.calmStep < error.step {
        return at(error.calmStep)
      }
      return group.step == 0 ? nil : at(group.step - 1)
    case .steps(let steps):
      let (step, overflow) = group.step.addingReportingOverflow(steps)
      return overflow || (group.step == 0 && steps < 0) ? nil : at(step)
    case .epoch(let epoch): return at(timeline.calendar.firstStep(of: epoch))
    case .epochs(let neighbor):
      if group.step == 0, neighbor == .previous { return nil }
      return at(timeline.calendar.step(of: neighbor, at: group.step))
    case .start: return at(0)
    case .end: return timeline.end(of: branch.number)
    case .stop: return branch.goodStep.map(at)
    case .lastChange:
      return group.journal.entries.last { $0.step < group.step }.map { at($0.step) }
    case .undo: return timeline.positionBeforeChange
    case .redo: return timeline.positionAfterChange
    case .branch(let number):
      guard timeline.branches.contains(where: { $0.number == number }) else { return nil }
      return timeline.end(of: number)
    }
  }

  /// The sentence to be said on arrival; nil where the screen says it all.
  private func label(of destination: TimelineDestination) -> String? {
    let entries = timeline.branch.journal.entries
    let taken = group.journal.entries.count
    switch destination {
    case .undo:
      return
        "undone: \(entries[taken - 1].change.label). \(KeyMark.text(.toggleRunning)): on without "
        + "it, \(KeyMark.text(.travel(.redo))): redo, \(KeyMark.text(.travel(.end))): the end"
    case .redo: return "done again: \(entries[taken].change.label)"
    case .stop:
      return timeline.branch.stop.map {
        "the last good step: \($0.place) is \($0.valueText) at step \($0.step)"
      } ?? "the last good step: the loss leaves its range behind it"
    case .lastChange:
      return entries.last { $0.step < group.step }.map { "here: \($0.change.label)" }
    default: return nil
    }
  }

  func nameBranch(_ number: Int, _ name: String) {
    timeline.name(number, name)
    snapshot.timeline = TimelineOutline(timeline)
  }

  func removeBranch(_ number: Int) {
    let title = timeline.branches.first { $0.number == number }?.title ?? "branch \(number)"
    say(
      timeline.remove(number)
        ? "\(title) is removed" : "\(title) is the one that training is on: it stays")
    snapshot.timeline = TimelineOutline(timeline)
  }
}

extension TimelineDestination {
  /// The sentence where there is no such moment.
  var absence: String {
    switch self {
    case .steps, .epochs: "this is the start"
    case .stop: "no step of this branch was found not finite"
    case .lastChange: "nothing was changed before this step"
    case .undo: "nothing was changed before this moment: there is nothing to undo"
    case .redo: "no change lies ahead: there is nothing to do again"
    case .step, .epoch, .start, .end, .branch: "there is no such moment"
    }
  }
}
