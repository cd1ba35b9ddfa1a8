public import DropoutEngine
import DropoutMeasure
public import Lessons
public import TerminalCells

/// Everything that decides what the screen shows: a value that only its update changes.
public struct ExplorerState: Sendable {
  /// The newest that the training thread published.
  public var snapshot: TrainingSnapshot
  /// The settings that the person asked for; the snapshot follows within a step.
  public var settings: Settings
  /// How many commands were sent to the training thread.
  public var sentCommands = 0
  /// The command that asked for the experiment that was asked for last: its
  /// ``ExperimentIdentity/start`` once it is there.
  package var askedStart = 0
  /// The subject that the training thread was last asked to measure, of the shown experiment.
  package var sentSubject = MeasuredSubject.live
  /// The view that the whole screen shows; panels of another one are left with it.
  public var view = ViewDefinition.live {
    didSet {
      guard view != oldValue else { return }
      if let focus, !view.panels.contains(focus) { self.focus = nil }
      if let zoomed, !view.panels.contains(zoomed) { self.zoomed = nil }
      if !view.panels.indices.contains(tab) { tab = 0 }
      selectTellingUnit()
    }
  }
  /// The newest that the race which was asked for last published; nil before that.
  public var race: RaceSnapshot?
  /// The race that was asked for last; nil where it would be one of other data than those on the
  /// screen.
  package var askedRace: RaceIdentity?
  /// The race that a session is to hold: the one that was asked for, as it was published last, or
  /// as a session had it.
  package var keptRace: RaceCourse?
  /// Whether the race that was asked for cannot be started.
  var isRaceRefused = false
  /// How many races in which something was changed gave way to another one.
  package var replacedRaces = 0
  /// The race that is to start as soon as the experiment that was asked for is there.
  package var awaitedRace: RacePreset?
  /// Whether the training was paused for the race to be shown.
  package var isPausedForRace = false
  /// How many races were started.
  package var startedRaces = 0
  /// The selected runner of the race, a line of its table.
  public var raceLine = 0
  /// Whether the knobs turn all runners of the race, or the selected one.
  public var raceTurnsAll = false
  /// The output whose distribution the ensemble view shows; nil is the target's.
  public var chosenOutput: Int?
  /// Whether the person, or a lesson, chose the watched example; else it is a telling one.
  package var hasChosenExample = false
  /// The most masked units whose subnetworks the ensemble view enumerates.
  public var enumeratedUnits = 20
  /// The phase of the step that the backward view has come to; nil is the whole step.
  public var phase: StepPhase?
  /// Whether the step view shows the table of mask passes in the place of the network.
  var showsMaskPasses = false
  /// The layer and the unit that the sentence is about.
  public var selection: Selection
  /// Whether the person chose what is selected; else it goes to a unit where the passes differ.
  package var isSelectionChosen = false
  /// The unit that the sentence stays on; nil lets it follow the selection.
  public var watchedUnit: Selection?
  /// The panel that keys act on; nil is no panel in particular.
  ///
  /// While the network or the sums are focused, `[` and `]` turn the selected layer only.
  public var focus: Panel?
  /// The panel that fills the screen.
  public var zoomed: Panel?
  /// The first row that each panel shows; 0 where none is set.
  public var scroll: [Panel: Int] = [:]
  /// Whether losses are drawn on a logarithmic axis.
  public var logAxis = false
  /// The version of the program, for what is saved and shared.
  public var program = ""
  /// The file that the session was saved as; nil before that.
  public var savedPath: String?
  /// Whether the session is saved by itself as it grows.
  public var savesItself = false
  /// The reason why the session is not saved by itself at present; nil while it is.
  public var autosaveFailure: String?
  /// The folder that pictures and numbers are written to; nil until the person names it.
  public var folder: String?
  /// The box that lies over the view.
  public var overlay = Overlay.none
  /// The lessons of the person's own, before those of the program.
  public var ownLessons: [Lesson] = []
  /// How far the person is with them.
  public var lessonProgress = LessonProgress()
  /// The lesson that is on the screen.
  public internal(set) var lesson: LessonRun?
  /// The reason why the lesson that was asked for last could not begin; nil where it could.
  public internal(set) var lessonRefusal: String?
  /// The state of the person's own experiment while a lesson is on the screen; at most one.
  var keptState: [ExplorerState] = []
  /// The command that brings the person's own experiment back; nil where none was asked to.
  var leavingCommand: Int?
  /// The box that lies over the view once the person's own experiment is back.
  var overlayAfterLesson: Overlay?
  /// Whether a lesson that is chosen behind the end of another one is shown to the same class.
  var lecturesOn = false
  /// One line to tell the person, such as why a key could not act; empty is none.
  public var message = ""
  /// A line for a person who begins, in place of the keys until one is pressed; empty is none.
  public var greeting = ""
  /// The text of ``message`` once the experiment that was asked for last is there; empty where
  /// there is none.
  package var arrivalMessage = ""
  /// Whether training should run.
  public var isRunning: Bool
  /// The size of the screen.
  public var size: ScreenSize
  /// The characters that the screen is drawn with.
  public var glyphs: GlyphSet
  /// The look of each meaning.
  public var theme: Theme
  /// The keys.
  public var keys = KeyMap<KeyCommand>.standard
  /// The type of the terminal, as the variable TERM names it; empty where there is none.
  public var terminalType = ""
  /// The tab that is shown where panels are folded (below 80x24), an index into the view's panels.
  public var tab = 0

  /// Creates the state of a fresh explorer.
  ///
  /// The selection starts in the first layer whose input is masked (in the first layer, where none
  /// is), at the unit whose sums differ most.
  public init(
    snapshot: TrainingSnapshot, size: ScreenSize, run: RunSettings = RunSettings(),
    display: DisplaySettings = DisplaySettings(), glyphs: GlyphSet = .unicode,
    theme: Theme = Theme()
  ) {
    self.snapshot = snapshot
    self.size = size
    self.glyphs = glyphs
    self.theme = theme
    settings = Settings(experiment: snapshot.settings)
    settings.run = run
    settings.display = display
    isRunning = snapshot.isRunning
    selection = snapshot.firstSelection
    sentCommands = snapshot.handledCommands
    askedStart = snapshot.experiment.start
  }

  /// Whether the training has not carried out all that was asked of it.
  public var awaitsAnswer: Bool { snapshot.handledCommands < sentCommands }

  /// Whether an experiment was asked for that is not on the screen yet.
  var isStartingAnew: Bool { snapshot.handledCommands < askedStart }

  /// The configuration that the person asked for.
  public var configuration: ExperimentConfiguration { settings.experiment }

  /// The requested speed, in steps a second; infinity is full speed.
  public var speed: Double { settings.display.speed }

  /// The output that the ensemble view shows: the chosen one, else the watched example's class.
  var shownOutput: Int {
    let count = snapshot.dataset.outputCount
    if let chosenOutput { return min(max(0, chosenOutput), count - 1) }
    guard case .classes(let classes) = evidence.targets, evidence.loss == .crossEntropy else {
      return 0
    }
    return classes[watchedRow]
  }

  /// The panel whose formulas are shown: the focused one, else the one that its view is about.
  var formulaPanel: Panel { focus ?? view.formulaPanel ?? view.panels[0] }

  /// Whether `[` and `]` turn the selected layer only.
  public var isLayerFocused: Bool { focus?.traits.contains(.turnsOneLayer) ?? false }
}

extension TrainingSnapshot {
  /// The unit that is worth looking at first: of those that this step's mask keeps, so that wires
  /// lead to it, the one whose sums differ most; one of positive sums, where they differ nearly as
  /// much, since less of a negative sum is more.
  ///
  /// While training runs, a masked unit is taken where all kept ones are dull, so that the one that
  /// is shown can stay.
  var firstSelection: Selection {
    let layer = firstMaskedLayer ?? 0
    let gaps = gaps(layer: layer)
    let mask = watched.value.evidence.mask(of: .result(of: layer)).forwardMask
    let row = watched.value.row
    let kept = gaps.indices.filter { mask[row, $0] != 0 && gaps[$0] > 0 }
    let telling = kept.filter { !isDull(Selection(layer: layer, unit: $0)) }
    let units =
      !telling.isEmpty ? telling : kept.isEmpty || isRunning ? Array(gaps.indices) : kept
    func widest(_ units: [Int]) -> Int? { units.max { gaps[$0] < gaps[$1] } }
    guard let first = widest(units) else { return Selection(layer: layer, unit: 0) }
    let sums = watched.value.sums[layer]
    let positive = units.filter {
      sums.meanTraining[$0] > 0 && sums.test[$0] > 0
        && gaps[$0] >= TrainingSnapshot.nearlyWidest * gaps[first]
    }
    return Selection(layer: layer, unit: widest(positive) ?? first)
  }

  /// The share of the widest gap from which a unit of positive sums is preferred.
  private static let nearlyWidest = 0.75
  /// The share of the widest gap below which there is next to nothing to see at a unit; while
  /// training runs, each step has another example, and less is borne so that the unit stays.
  private var dullShare: Double { isRunning ? 0.25 : 0.5 }

  /// How far the sums into a layer differ between training and testing, by unit.
  fileprivate func gaps(layer: Int) -> [Double] {
    let sums = watched.value.sums[layer]
    return zip(sums.meanTraining, sums.test).map { training, test in
      let gap = (training - Double(test)).magnitude
      return gap.isFinite ? gap : 0
    }
  }

  /// Whether there is next to nothing to see at a unit, although there is at another one.
  func isDull(_ selection: Selection) -> Bool {
    guard watched.value.sums.indices.contains(selection.layer) else { return false }
    let gaps = gaps(layer: selection.layer)
    guard gaps.indices.contains(selection.unit), let widest = gaps.max(), widest > 0 else {
      return false
    }
    return gaps[selection.unit] < dullShare * widest
  }
}

extension ExplorerState {
  /// Selects a unit that is worth looking at, where neither the person nor the view chooses it:
  /// one whose sums differ much and, where wires lead to it and the training is paused, one that
  /// the mask keeps; while it runs, masks change too fast to follow them.
  mutating func selectTellingUnit() {
    guard !isSelectionChosen, !view.choosesUnit else { return }
    let isCutOff =
      view.panels.contains(.network) && lesson == nil && !snapshot.isRunning
      && mark(of: shownUnit, in: shownUnits) == .masked
    if isCutOff || snapshot.isDull(selection) { selection = snapshot.firstSelection }
  }
}
