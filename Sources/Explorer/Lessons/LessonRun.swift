public import Lessons

/// The course of a lesson: where it is, and what the person did so far.
public struct LessonRun: Equatable, Sendable {
  /// A person's answer to a question.
  public struct Reply: Equatable, Sendable {
    /// The number of the chosen answer, from 0; nil where it was shown without one.
    public var chosen: Int?
    /// What is known of the right answer.
    public var verdict = Verdict.waiting
  }

  /// What is known of the right answer to a question.
  public enum Verdict: Equatable, Sendable {
    /// A quantity that decides is being measured.
    case waiting
    /// One answer is right.
    case right(Int)
    /// Not exactly one answer is right.
    case open
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
  /// The page of the text, or the line of a lecture, from 0.
  var page = 0
  /// The steps that did the person's task.
  var acted: Set<Int> = []
  /// The steps that took their training steps and started their race.
  var ran: Set<Int> = []
  /// The values of quantities when the step began; nil until it is measured.
  var since: [String: LessonValue]?
  /// The step that the race is on its way to.
  var raceGoal = 0
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
}
