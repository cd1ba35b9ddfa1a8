import DropoutEngine
public import Sessions
public import TerminalCells

// Saving the work of the person.
extension ExplorerState {
  /// All that the person made so far.
  ///
  /// - Parameter folder: the folder in which the program runs.
  /// - Returns: the session.
  public func session(folder: String?) -> Session {
    var start = settings
    start.experiment = snapshot.initialConfiguration
    let configuration = snapshot.initialConfiguration
    let isMapped =
      (configuration.weightRateFactor.values + configuration.weightEpsilonFactor.values)
      .contains { $0 != 1 }
    let place = snapshot.savedPlace
    return Session(
      program: program, folder: folder, settings: start,
      initial: configuration.weights == nil || isMapped ? snapshot.initial : nil,
      branches: place.timeline.branches, curves: curveMoments, position: place.timeline.position,
      data: snapshot.dataFingerprint, weights: place.fingerprint, view: viewValues,
      race: keptRace?.saved(beside: configuration, initial: snapshot.initial))
  }

  private var curveMoments: [Int: [CurveMoment]] {
    snapshot.measured.pointsByBranch.mapValues { points in
      points.map {
        CurveMoment(step: $0.step, minibatches: $0.minibatches, changes: $0.changes)
      }
    }
  }

  /// The view, the selection and the panels that are looked at, as a session holds them.
  package var viewValues: [String: ViewValue] {
    var values: [String: ViewValue] = [
      "view": .text(view.name), "layer": .number(selection.layer), "unit": .number(selection.unit),
      "learner": .number(snapshot.learner),
      "log axis": .number(logAxis ? 1 : 0), "race line": .number(raceLine),
      "race all": .number(raceTurnsAll ? 1 : 0),
    ]
    if hasChosenExample { values["row"] = .number(watchedRow) }
    if let watchedUnit {
      values["watched layer"] = .number(watchedUnit.layer)
      values["watched unit"] = .number(watchedUnit.unit)
    }
    if let focus { values["focus"] = .text(focus.name) }
    if let zoomed { values["zoomed"] = .text(zoomed.name) }
    if let chosenOutput { values["chosen output"] = .number(chosenOutput) }
    if let place = phase.flatMap({ phases.firstIndex(of: $0) }) { values["phase"] = .number(place) }
    return values
  }

  /// Looks at what was looked at when a session was saved; what is not there any more is left out.
  public mutating func look(as values: [String: ViewValue]) -> [Effect] {
    var effects: [Effect] = []
    func selection(_ layer: String, _ unit: String) -> Selection? {
      let sizes = snapshot.shape.hidden + [snapshot.shape.outputs]
      guard let layer = values[layer]?.number, let unit = values[unit]?.number,
        sizes.indices.contains(layer), (0..<sizes[layer]).contains(unit)
      else { return nil }
      return Selection(layer: layer, unit: unit)
    }
    if let selected = selection("layer", "unit") {
      (self.selection, isSelectionChosen) = (selected, true)
    }
    watchedUnit = selection("watched layer", "watched unit")
    logAxis = values["log axis"]?.number == 1
    raceLine = max(0, values["race line"]?.number ?? 0)
    raceTurnsAll = values["race all"]?.number == 1
    if let learner = values["learner"]?.number, learner > 0,
      learner < settings.experiment.learnerCount
    {
      effects += send(.drawLearner(offset: learner, of: snapshot.experiment.start))
    }
    // The example was chosen, and is not chosen anew.
    hasChosenExample = values["row"] != nil
    if let row = values["row"]?.number, (0..<settings.experiment.batch).contains(row) {
      effects += send(.watch(offset: row - watchedRow, of: snapshot.experiment.start))
    }
    if let view = values["view"]?.text.flatMap(ViewDefinition.init(rawValue:)), view != .live {
      // A view that a person opens may choose an example; here it was chosen.
      if view == .race { effects += perform(.view(view)) } else { self.view = view }
    }
    func panel(_ name: String) -> Panel? {
      values[name]?.text.flatMap { text in view.panels.first { $0.name == text } }
    }
    (focus, zoomed) = (panel("focus"), panel("zoomed"))
    chosenOutput = values["chosen output"]?.number.flatMap {
      (0..<snapshot.dataset.outputCount).contains($0) ? $0 : nil
    }
    phase = values["phase"]?.number.flatMap { phases.indices.contains($0) ? phases[$0] : nil }
    return effects + lookAtSubject()
  }

  // MARK: Saving

  /// Saves where it was saved before; asks for a name the first time.
  mutating func save() -> [Effect] {
    if let savedPath { return [.save(path: savedPath, replacing: true)] }
    overlay = .saveAs(SaveForm(name: defaultPath))
    return []
  }

  /// The name that is offered: a file in the folder in which the program was started.
  private var defaultPath: String {
    let name = snapshot.dataset.name.replacing("/", with: "-")
    return "\(name)-\(snapshot.step).session.json"
  }

  /// Takes up a key while a name is typed.
  mutating func press(_ key: Key, in form: SaveForm) -> [Effect] {
    var form = form
    switch key {
    case .escape:
      overlay = .none
      return []
    case .enter:
      guard !form.field.text.isEmpty else {
        form.error = "type the name of a file"
        break
      }
      overlay = .none
      return [.save(path: form.field.text, replacing: form.replaces == form.field.text)]
    default:
      if form.field.handle(key) {
        form.error = nil
        form.replaces = nil
      }
    }
    overlay = .saveAs(form)
    return []
  }

  /// Writes what is seen where it was written before; asks for a folder the first time.
  mutating func write() -> [Effect] {
    if let folder { return [.write(folder: folder)] }
    overlay = .writeTo(SaveForm(name: "."))
    return []
  }

  /// Takes up a key while a folder is typed.
  mutating func press(_ key: Key, inFolder form: SaveForm) -> [Effect] {
    var form = form
    switch key {
    case .escape:
      overlay = .none
      return []
    case .enter where !form.field.text.isEmpty:
      overlay = .none
      return [.write(folder: form.field.text)]
    default: if form.field.handle(key) { form.error = nil }
    }
    overlay = .writeTo(form)
    return []
  }

  /// Takes up how saving ended.
  mutating func take(_ outcome: SaveOutcome) {
    switch outcome {
    case .saved(let path):
      savedPath = path
      message = "saved: \(ForeignText.path(path)); \(keys[.save]) saves there again"
    case .exists(let path):
      var form = SaveForm(name: path)
      form.replaces = path
      form.error =
        "\(ForeignText.path(path)) is there already, with something else in it. Enter replaces it; "
        + "another name keeps it"
      overlay = .saveAs(form)
    case .failed(let path, let reason):
      var form = SaveForm(name: path)
      form.error = reason
      overlay = .saveAs(form)
    }
  }
}

/// The name of a file that is typed, to save a session.
public struct SaveForm: Equatable, Sendable {
  /// The name and its cursor.
  public var field: TextField
  /// Why it was not saved; the name stays for correction.
  public var error: String?
  /// The file that the next Enter replaces; nil where none may be replaced.
  public var replaces: String?

  /// Creates a form with a name.
  public init(name: String) {
    field = TextField(name)
  }
}

/// How saving a session ended.
public enum SaveOutcome: Equatable, Sendable {
  /// It was written.
  case saved(path: String)
  /// A file with something else in it is there.
  case exists(path: String)
  /// It could not be written.
  case failed(path: String, reason: String)
}
