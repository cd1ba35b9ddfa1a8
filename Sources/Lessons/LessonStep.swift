/// One step of a lesson: a short text, and what the person does with it.
public struct LessonStep: Equatable, Sendable {
  /// The text.
  public var text: LessonText
  /// The numbers that stand large below the text.
  public var figures: [LessonFigure] = []
  /// The text in few words, for a whole class; nil leaves the first sentence of ``text``.
  public var short: LessonText?
  /// The places of the screen that it speaks of; where there are such, all else recedes.
  public var marks: [String] = []
  /// The places whose numbers are hidden: in a question until it is answered.
  public var hides: [String] = []
  /// The view that it stands in; nil is that of the step before.
  public var view: String?
  /// The parameters that it sets on arrival.
  public var settings: [ParameterSetting] = []
  /// The training steps that it takes on its first arrival; in the race, of all runners.
  public var run = 0
  /// The race that it starts on its first arrival; nil starts none.
  public var race: LessonRace?
  /// The unit that it selects; nil leaves the selected one.
  public var selection: LessonSelection?
  /// The part of it that the person takes.
  public var task: LessonTask
}

/// A number that stands large below the text of a step.
public struct LessonFigure: Equatable, Sendable {
  /// The words below it.
  public var name: String
  /// The number.
  public var number: LessonText
}

/// The part of a step that the person takes.
public enum LessonTask: Equatable, Sendable {
  /// To look at what is marked.
  case look
  /// To predict a number before it is shown: the answers, and the text where not exactly one of
  /// them is right.
  case predict([LessonAnswer], otherwise: LessonText?)
  /// To do something: the condition that says that it was done, and what does it in the person's
  /// place.
  case act(until: Condition, acts: [LessonAct])
  /// To compare what was measured with theory: the condition under which the text is true, and the
  /// text where it is not.
  case see(check: Condition, otherwise: LessonText?)
  /// To read the reason.
  case because

  /// Its name, in a lesson's file and on the screen.
  public var word: String {
    switch self {
    case .look: "look"
    case .predict: "predict"
    case .act: "do"
    case .see: "see"
    case .because: "because"
    }
  }
}

/// One of the answers to a question.
public struct LessonAnswer: Equatable, Sendable {
  /// Its text.
  public var text: LessonText
  /// The condition under which it is right.
  public var right: Condition
  /// A reply to whoever chooses it where it is wrong; nil is none in particular.
  public var reply: LessonText?
  /// The reason why it is right, where it is; nil is none in particular.
  public var why: LessonText?
}

/// Something that a lesson does in the person's place.
public enum LessonAct: Equatable, Sendable {
  /// Set a parameter.
  case set(ParameterSetting)
  /// Give the command that a key gives, by its name.
  case key(String)
  /// Take training steps; in the race, of all runners.
  case run(Int)
  /// Show a view.
  case view(String)
  /// Start one of the races that have a name.
  case race(String)
}

/// A race that a lesson starts.
public enum LessonRace: Equatable, Sendable {
  /// One of those that have a name.
  case named(String)
  /// Runners of its own.
  case runners([LessonRunner])

  /// The view in which races stand.
  static let view = "race"
}

/// A runner of a lesson's race: the lesson's experiment with other settings.
public struct LessonRunner: Equatable, Sendable {
  /// Its name in the table.
  public var name: String
  /// The settings that differ, a variant first.
  public var settings: [ParameterSetting]
}
