/// How far a person is with the lessons.
public struct LessonProgress: Equatable, Sendable {
  /// How far a person is with one lesson.
  public struct Entry: Equatable, Sendable {
    /// The name of the lesson.
    public var name: String
    /// The step to go on with, from 0; 0 is the beginning.
    public var place: Int
    /// Whether its end was reached once.
    public var isDone: Bool

    /// Creates an entry.
    public init(name: String, place: Int, isDone: Bool) {
      (self.name, self.place, self.isDone) = (name, place, isDone)
    }
  }

  /// The most lessons that are remembered; the ones that were begun last.
  static let most = 100

  /// The lessons that were begun.
  public var entries: [Entry]

  /// Creates progress; without arguments nothing was begun.
  public init(entries: [Entry] = []) { self.entries = entries }

  /// The step of a lesson to go on with; 0 where it was not begun, or is done.
  public func place(in lesson: Lesson) -> Int {
    let place = entries.first { $0.name == lesson.name }?.place ?? 0
    return lesson.steps.indices.contains(place) ? place : 0
  }

  /// Whether the end of a lesson was reached once.
  public func isDone(_ lesson: Lesson) -> Bool {
    entries.first { $0.name == lesson.name }?.isDone ?? false
  }

  /// Notes the step that a person is at; the number of steps is the end.
  public mutating func note(_ lesson: Lesson, at place: Int) {
    let isEnd = place >= lesson.steps.count
    let isDone = isEnd || self.isDone(lesson)
    entries.removeAll { $0.name == lesson.name }
    entries.append(Entry(name: lesson.name, place: isEnd ? 0 : place, isDone: isDone))
    if entries.count > LessonProgress.most { entries.removeFirst() }
  }

  /// The progress together with what was written meanwhile, in another terminal.
  ///
  /// A lesson that is done stays done. The place of the lesson that was noted last is the one here;
  /// of each other lesson it is the written one, where there is one.
  ///
  /// - Parameter written: the progress as it was written last.
  /// - Returns: both together.
  public func merged(with written: LessonProgress) -> LessonProgress {
    let missing = entries.filter { entry in !written.entries.contains { $0.name == entry.name } }
    var all = missing + written.entries
    for entry in entries where entry.isDone {
      if let place = all.firstIndex(where: { $0.name == entry.name }) { all[place].isDone = true }
    }
    if var last = entries.last {
      last.isDone = all.contains { $0.name == last.name && $0.isDone }
      all.removeAll { $0.name == last.name }
      all.append(last)
    }
    return LessonProgress(entries: Array(all.suffix(LessonProgress.most)))
  }
}
