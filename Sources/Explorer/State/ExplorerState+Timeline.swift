import DropoutEngine
import TerminalCells

// Keys that go through the run.
extension ExplorerState {
  /// Goes to another moment of the run, and pauses.
  mutating func travel(to destination: TimelineDestination) -> [Effect] {
    isRunning = false
    phase = nil
    return send(.travel(destination, of: snapshot.experiment.start))
  }

  /// Takes up a key while a moment is typed.
  mutating func press(_ key: Key, in form: GoToState) -> [Effect] {
    var form = form
    let places = form.places(self)
    switch key {
    case .escape:
      overlay = .none
      return []
    case .up, .backTab: form.choice = form.choice.flatMap { $0 > 0 ? $0 - 1 : nil }
    case .down, .tab:
      form.choice = places.isEmpty ? nil : min((form.choice ?? -1) + 1, places.count - 1)
    case .enter:
      if let destination = form.destination(self) {
        overlay = .none
        return perform(.travel(destination))
      }
      if let place = form.absentPlace(self) {
        form.error = "there is no '\(place.name)' in this run: \(place.place)"
        break
      }
      form.error =
        "'\(ForeignText.shown(form.field.text))' is no moment of this run: type a step (1200), a "
        + "number of steps (-100), an epoch (epoch 3), or choose a line"
    default:
      if form.field.handle(key) {
        form.choice = nil
        form.error = nil
      }
    }
    overlay = .goTo(form)
    return []
  }

  /// Takes up a key over the list of branches; nil where it means nothing there.
  mutating func press(_ key: Key, inBranches line: Int) -> [Effect]? {
    let branches = snapshot.timeline.branches
    let line = min(line, branches.count - 1)
    if let next = chosen(key, from: line, count: branches.count) {
      overlay = .branches(line: next)
      return []
    }
    let branch = branches[line]
    switch key {
    case .enter:
      overlay = .none
      return branch.number == snapshot.timeline.position.branch
        ? [] : travel(to: .branch(branch.number))
    case "n":
      overlay = .branchName(branch.number, TextField(branch.name ?? ""))
      return []
    case "x", .delete:
      // The training says why the one that it is on stays.
      guard branch.number != snapshot.timeline.position.branch else {
        return send(.removeBranch(branch.number, of: snapshot.experiment.start))
      }
      overlay = .branchRemoval(line: line)
      return []
    case "c": return compare(branch)
    default: return nil
    }
  }

  /// Takes up the key after the one that asks to remove a branch: only the same one does it.
  mutating func press(_ key: Key, removingBranch line: Int) -> [Effect] {
    let branches = snapshot.timeline.branches
    overlay = .branches(line: line)
    guard [Key("x"), .delete].contains(key), branches.indices.contains(line) else { return [] }
    return send(.removeBranch(branches[line].number, of: snapshot.experiment.start))
  }

  /// Takes up a key while a branch is named.
  mutating func press(_ key: Key, naming number: Int, _ field: TextField) -> [Effect] {
    var field = field
    let line = snapshot.timeline.branches.firstIndex { $0.number == number } ?? 0
    switch key {
    case .escape:
      overlay = .branches(line: line)
      return []
    case .enter:
      overlay = .branches(line: line)
      let name = String(field.text.trimmed.prefix(Branch.longestName))
      return send(.nameBranch(number, name, of: snapshot.experiment.start))
    default:
      _ = field.handle(key)
      overlay = .branchName(number, field)
      return []
    }
  }
}

extension Branch {
  /// The most characters of a name that is typed.
  static let longestName = 40
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
