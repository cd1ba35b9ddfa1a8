import DropoutEngine
public import Lessons

/// The course of a lesson: where it is, and what the person did so far.
public struct LessonRun: Equatable, Sendable {
  /// A person's answer to a question.
  public struct Reply: Equatable, Sendable {
    /// The number of the chosen answer, from 0; nil where it was shown without one.
    public var chosen: Int?
    /// The right answer, as far as it is known.
    public var verdict = Verdict.waiting
  }

  /// The right answer to a question, as far as it is known.
  public enum Verdict: Equatable, Sendable {
    /// A quantity that decides is being measured.
    case waiting
    /// One answer is right.
    case right(Int)
    /// Not exactly one answer is right.
    case open
  }

  /// A law, as it was measured when the lesson began.
  struct LawNumbers: Equatable {
    var measured: Double
    var expected: Double
  }

  /// The lesson.
  public let lesson: Lesson
  /// The step that it is at, from 0; the number of steps stands for its end.
  public internal(set) var place = 0
  /// Whether it is shown to a class: one line at a time, and one key.
  public internal(set) var isLecture = false
  /// The replies to questions, by step.
  public internal(set) var replies: [Int: Reply] = [:]
  /// The steps whose task was done.
  public internal(set) var done: Set<Int> = []
  /// The step that it is on its way to, through all steps before it; nil where it stands.
  public internal(set) var goal: Int?
  /// One line to tell the person once its first step is shown; empty is none.
  var notice = ""
  /// The page of the text, or the line of a lecture, from 0.
  var page = 0
  /// The steps that did the person's task.
  var acted: Set<Int> = []
  /// The steps that took their training steps.
  var ran: Set<Int> = []
  /// The values of quantities when the step began; nil until they are measured.
  var since: [String: LessonValue]?
  /// The same of the steps with a task for the person, for the steps behind them.
  var before: [Int: [String: LessonValue]] = [:]
  /// The units that were selected, by the step that selects them; -1 is the lesson itself.
  var selected: [Int: Selection] = [:]
  /// The choices of the person, by the step in which they were made; nil parts were not chosen.
  var chosen: [Int: LessonChoice] = [:]
  /// The selection with which the step began; nil until it is there.
  var arrival: LessonChoice?
  /// Whether the person went to another example in this step.
  var hasChosenExample = false
  /// The training step whose example is shown; nil until the step has begun.
  var followed: Int?
  /// Whether Enter was held once, since a number was not there.
  var hasWaited = false
  /// The training step at which the training was asked to pause; nil where it was not.
  var pause: Int?
  /// The view that the step stands in.
  var home = ViewDefinition.live
  /// The step whose race is on the screen; nil where none was started.
  var raceStep: Int?
  /// The step that the race is on its way to; nil where it stands.
  var raceGoal: Int?
  /// The laws that it speaks of, by name.
  var laws: [String: LawNumbers] = [:]
  /// Whether its experiment is on the screen.
  var hasArrived = false
  /// The command that asked for its experiment.
  var start = 0

  init(_ lesson: Lesson) { self.lesson = lesson }

  /// The step that it is at; nil at its end.
  public var step: LessonStep? { place < lesson.steps.count ? lesson.steps[place] : nil }

  /// Whether the question that it asks is not answered yet.
  var isAsking: Bool {
    guard case .predict? = step?.task else { return false }
    return replies[place] == nil
  }

  /// Whether it is shown: its experiment is there, and it is not on its way.
  public var isShown: Bool { hasArrived && goal == nil }

  /// Whether the step's sentences are about the settings as they are: those of every step but a
  /// task that ends with other ones, or comes there by them.
  var holdsSettings: Bool {
    guard case .act(let until, let acts)? = step?.task else { return true }
    let areChanged = acts.contains { act in
      switch act {
      case .set: true
      case .key(let name): KeyTable.command(named: name)?.changesExperiment ?? false
      case .run, .view, .race: false
      }
    }
    return !areChanged && !until.names.contains { ParameterTable.definition(named: $0) != nil }
  }

  /// Whether the person may be in another view than the one that the step stands in, since its task
  /// leads there.
  var leadsElsewhere: Bool {
    guard case .act(let until, let acts)? = step?.task else { return false }
    let areElsewhere = acts.contains { act in
      switch act {
      case .view, .race: true
      case .key(let name):
        if case .view? = KeyTable.command(named: name) { true } else { false }
      case .set, .run: false
      }
    }
    return areElsewhere || until.names.contains { $0 == "view" || $0.hasPrefix("race.") }
  }

  /// The value of a quantity before the last task: in a task itself, when that began.
  func valueBefore(_ name: String) -> LessonValue {
    if case .act? = step?.task { return since?[name] ?? .waiting }
    guard let task = before.keys.filter({ $0 < place }).max() else { return .absent }
    return before[task]?[name] ?? .absent
  }

  /// The quantities whose values are noted where the step begins: those that it needs itself and,
  /// where it has a task, those that the steps behind it need up to the next one.
  var notedNames: Set<String> {
    guard let step else { return [] }
    let own = step.earlier
    guard case .act = step.task else { return own.since }
    let others = lesson.steps[(place + 1)...].prefix { $0.isQuiet }
    return others.reduce(own.since.union(own.before)) { $0.union($1.earlier.before) }
  }
}

extension LessonStep {
  /// Whether the person has no task in it.
  fileprivate var isQuiet: Bool {
    if case .act = task { false } else { true }
  }

  /// The quantities whose earlier values it needs.
  fileprivate var earlier: EarlierNames {
    var names = EarlierNames()
    for condition in conditions { names = names.union(condition.earlier) }
    for expression in expressions { names = names.union(expression.earlier) }
    return names
  }

  private var conditions: [Condition] {
    switch task {
    case .act(let until, _): [until]
    case .see(let check, _): [check]
    case .predict(let answers, _): answers.map(\.right)
    case .look, .because: []
    }
  }

  /// The names of all quantities in its texts and conditions.
  var quantities: [String] { expressions.flatMap(\.names) + conditions.flatMap(\.names) }

  /// The computations in all of its texts.
  var expressions: [Expression] {
    var texts = [text, short].compactMap(\.self) + figures.map(\.number)
    switch task {
    case .see(_, let otherwise?): texts.append(otherwise)
    case .predict(let answers, let otherwise):
      texts += answers.flatMap { [$0.text, $0.reply, $0.why].compactMap(\.self) }
      if let otherwise { texts.append(otherwise) }
    case .look, .act, .see, .because: break
    }
    return texts.flatMap(\.expressions)
  }
}
