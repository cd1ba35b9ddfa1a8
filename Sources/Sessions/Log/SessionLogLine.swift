import DropoutEngine

/// A line of an autosave: what changed since the line before it.
enum SessionLogLine {
  /// A whole session: the first line, and where the run was restarted.
  case session(Session)
  /// A branch that was begun or named.
  case branch(Branch)
  /// A change at the end of a branch's journal.
  case change(branch: Int, Journal.Entry)
  /// How far a branch got.
  case reached(branch: Int, step: Int)
  /// Where the training stands, and what is looked at.
  case at(TimelinePosition, weights: Fingerprint, view: [String: ViewValue])
  /// The curve of a branch: its first moments stay, and the moments of the text follow.
  case curve(branch: Int, keeping: Int, text: String)
  /// A branch that was removed.
  case removed(branch: Int)
  /// A race that was started or in which something was changed; nil where there is none any more.
  case race(SavedRace?)
  /// Where the race stands.
  case raceAt(SavedRace.Place)

  /// Whether a person made it, so that it must be on the disk at once.
  var isMade: Bool {
    switch self {
    case .session, .branch, .change, .removed, .race: true
    case .reached, .at, .curve, .raceAt: false
    }
  }

  /// The line with its end.
  var bytes: [UInt8] {
    let json: JSONValue =
      switch self {
      case .session(let session): session.json
      case .branch(let branch): .object([("branch", Session.json(branch))])
      case .change(let branch, let entry):
        .object([
          ("change", .object([("branch", .integer(branch))] + Session.members(of: entry)))
        ])
      case .reached(let branch, let step):
        .object([("reached", .object([("branch", .integer(branch)), ("step", .integer(step))]))])
      case .at(let position, let weights, let view):
        .object([
          (
            "at",
            .object([
              ("position", Session.json(position)), ("weights", .text(weights.description)),
              ("view", Session.json(view)),
            ])
          )
        ])
      case .curve(let branch, let keeping, let text):
        .object([
          (
            "curve",
            .object([
              ("branch", .integer(branch)), ("keeping", .integer(keeping)), ("then", .text(text)),
            ])
          )
        ])
      case .removed(let branch): .object([("removed", .integer(branch))])
      case .race(let race): .object([(Session.raceName, race?.json ?? .null)])
      case .raceAt(let place): .object([("raceAt", place.json)])
      }
    return json.line + [UInt8(ascii: "\n")]
  }

  init(_ field: JSONField) throws(SavedFileError) {
    let members = try field.members()
    guard members.count == 1, let (name, value) = members.first else {
      self = .session(try Session(field))
      return
    }
    switch name {
    case "branch": self = .branch(try Session.branch(value))
    case "change":
      let branch = try value.object(try value.members().map(\.name))
      guard let number = branch.fields["branch"] else { throw branch.missing("branch") }
      self = .change(
        branch: try number.integer(Session.numbers),
        try Session.entry(value, besides: ["branch"]))
    case "reached":
      let fields = try value.object(["branch", "step"])
      self = .reached(
        branch: try fields["branch"].integer(Session.numbers),
        step: try fields["step"].integer(ParameterTable.stepRange))
    case "at":
      let fields = try value.object(["position", "weights", "view"])
      self = .at(
        try Session.position(fields["position"]), weights: try fields["weights"].fingerprint(),
        view: try Session.view(fields["view"]))
    case "curve":
      let fields = try value.object(["branch", "keeping", "then"])
      self = .curve(
        branch: try fields["branch"].integer(Session.numbers),
        keeping: try fields["keeping"].integer(0...CurveMoment.most),
        text: try fields["then"].text())
    case "removed": self = .removed(branch: try value.integer(Session.numbers))
    case Session.raceName: self = .race(try SavedRace.optional(value))
    case "raceAt": self = .raceAt(try SavedRace.Place(value))
    default: self = .session(try Session(field))
    }
  }

  /// The session after this line.
  ///
  /// - Returns: nil where the line does not fit: it names a branch that does not exist, a change
  ///   before one that was made, or a curve that the branch cannot have.
  func applied(to session: Session) -> Session? {
    var session = session
    func place(_ number: Int) -> Int? { session.branches.firstIndex { $0.number == number } }
    switch self {
    case .session(let whole): return whole
    case .branch(let branch):
      if let place = place(branch.number) {
        session.branches[place] = branch
      } else {
        session.branches.append(branch)
      }
    case .change(let number, let entry):
      guard let place = place(number),
        session.branches[place].journal.entries.last.map({ $0.step <= entry.step }) ?? true
      else { return nil }
      var journal = session.branches[place].journal
      journal.append(entry)
      session.branches[place] = session.branches[place].with(
        journal: journal, reached: entry.step)
    case .reached(let number, let step):
      guard let place = place(number) else { return nil }
      session.branches[place] = session.branches[place].with(reached: step)
    case .at(let position, let weights, let view):
      guard let place = place(position.branch) else { return nil }
      session.branches[place] = session.branches[place].with(reached: position.step)
      session.position = position
      session.weights = weights
      session.view = view
    case .curve(let number, let keeping, let text):
      let known = session.curves[number] ?? []
      guard let place = place(number), keeping <= known.count,
        let moments = try? CurveText.moments(
          text, of: session.branches[place], behind: known.prefix(keeping))
      else { return nil }
      session.curves[number] = moments.isEmpty ? nil : moments
    case .removed(let number):
      guard place(number) != nil, session.position.branch != number else { return nil }
      session = session.with(branches: session.branches.filter { $0.number != number })
    case .race(let race): session.race = race
    case .raceAt(let place):
      guard session.race?.runners.count == place.runners.count else { return nil }
      session.race?.place = place
    }
    return session
  }

  /// The lines that lead from one session to another.
  static func lines(from old: Session, to new: Session) -> [SessionLogLine] {
    var lines: [SessionLogLine] = []
    let known = Dictionary(uniqueKeysWithValues: old.branches.map { ($0.number, $0) })
    for branch in new.branches {
      guard let known = known[branch.number] else {
        lines.append(.branch(branch))
        continue
      }
      let made = branch.journal.entries
      guard known.name == branch.name, known.parent == branch.parent,
        known.origin == branch.origin, known.reached <= branch.reached,
        made.starts(with: known.journal.entries)
      else {
        lines.append(.branch(branch))
        continue
      }
      let added = made[known.journal.entries.count...]
      for entry in added { lines.append(.change(branch: branch.number, entry)) }
      let implied = max(
        known.reached, added.last?.step ?? 0,
        new.position.branch == branch.number ? new.position.step : 0)
      if implied < branch.reached {
        lines.append(.reached(branch: branch.number, step: branch.reached))
      }
    }
    if old.position != new.position || old.weights != new.weights || old.view != new.view {
      lines.append(.at(new.position, weights: new.weights, view: new.view))
    }
    lines += curveLines(from: old, to: new)
    let numbers = Set(new.branches.map(\.number))
    for branch in old.branches where !numbers.contains(branch.number) {
      lines.append(.removed(branch: branch.number))
    }
    lines += raceLines(from: old.race, to: new.race)
    // An end between two lines must leave a session as well.
    var folded = old
    for line in lines {
      guard let next = line.applied(to: folded), next.isPlaced else { return [.session(new)] }
      folded = next
    }
    return folded == new ? lines : [.session(new)]
  }

  /// The lines of the race: where only its place is another one, that alone.
  private static func raceLines(
    from old: SavedRace?, to new: SavedRace?
  ) -> [SessionLogLine] {
    guard old != new else { return [] }
    if var moved = old, let new {
      moved.place = new.place
      if moved == new { return [.raceAt(new.place)] }
    }
    return [.race(new)]
  }

  /// The lines of the curves that are others: of one that grew, what was added.
  private static func curveLines(from old: Session, to new: Session) -> [SessionLogLine] {
    new.branches.compactMap { branch in
      let (before, after) = (old.curves[branch.number] ?? [], new.curves[branch.number] ?? [])
      guard before != after else { return nil }
      let keeping = zip(before, after).prefix { $0 == $1 }.count
      return .curve(
        branch: branch.number, keeping: keeping,
        text: CurveText.text(after, of: branch, behind: keeping))
    }
  }
}

extension Branch {
  /// The branch with another journal, which got at least so far.
  fileprivate func with(journal: Journal? = nil, reached step: Int) -> Branch {
    Branch(
      number: number, name: name, parent: parent, origin: origin,
      journal: journal ?? self.journal, reached: max(reached, step))
  }
}

extension Session {
  /// Whether the position is on one of the branches.
  fileprivate var isPlaced: Bool {
    guard let branch = branches.first(where: { $0.number == position.branch }),
      position.step <= branch.reached
    else { return false }
    let journal = branch.journal
    return position.changes >= journal.count(through: position.step - 1)
      && position.changes <= journal.count(through: position.step)
  }

  /// The session with other branches.
  fileprivate func with(branches: [Branch]) -> Session {
    Session(
      program: program, folder: folder, settings: settings, initial: initial, branches: branches,
      curves: curves, position: position, data: data, weights: weights, view: view, race: race)
  }
}

extension Session {
  /// The lines of an autosave that lead from another session to this one, as UTF-8 with their ends.
  package func logLines(after old: Session) -> [[UInt8]] {
    SessionLogLine.lines(from: old, to: self).map(\.bytes)
  }

  /// The first line of an autosave: the whole session.
  package var logLine: [UInt8] { SessionLogLine.session(self).bytes }
}
