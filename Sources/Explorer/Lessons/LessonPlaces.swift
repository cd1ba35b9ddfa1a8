import Lessons
package import TerminalCells

extension ScreenPlace {
  /// The names of what stands around the panels.
  static let frameNames = ["title", "sentence", "footer", "tabs", "hero"]

  /// Whether a lesson that names a place, such as `sums/test`, means this one or a part of it.
  ///
  /// - Parameters:
  ///   - path: the place as a lesson has it.
  ///   - selected: the row of the selected unit, which `selected` stands for.
  /// - Returns: whether it is meant.
  func isMeant(by path: String, selected: Int) -> Bool {
    let isSelected = path.hasSuffix("/selected")
    let path = isSelected ? path.dropLast("selected".count) + "\(selected + 1)" : path[...]
    let own = description
    return own == path || own.hasPrefix(path + "/")
  }
}

extension HitMap {
  /// The cells of a place that a lesson names; empty where the screen does not show it.
  func areas(of path: String, selected: Int) -> [Rect] {
    places.filter { $0.place.isMeant(by: path, selected: selected) && !$0.area.isEmpty }.map(\.area)
  }
}

extension ExplorerState {
  /// The cells that the lesson's step speaks of.
  func lessonMarks(_ map: HitMap) -> [Rect] {
    guard let marks = lesson?.step?.marks else { return [] }
    return marks.flatMap { map.areas(of: $0, selected: shownUnit) }
  }

  /// The first cells of each place that the lesson's step speaks of.
  func lessonHeads(_ map: HitMap) -> [Rect] {
    (lesson?.step?.marks ?? []).compactMap { path in
      map.areas(of: path, selected: shownUnit).min { ($0.y, $0.x) < ($1.y, $1.x) }
    }
  }

  /// The places that the lesson's step hides now; where its question is answered,
  /// those that the next step hides, too.
  var hiddenPlaces: [String] {
    guard let run = lesson, run.isShown, let step = run.step else { return [] }
    guard case .predict = step.task, !run.isAsking else { return step.hides }
    // An answer does not give away numbers that the next step hides, too.
    let steps = run.lesson.steps
    let next = run.place + 1 < steps.count ? steps[run.place + 1].hides : []
    return step.hides.filter(next.contains)
  }

  /// The cells whose numbers are hidden: those of a question until it is answered.
  func lessonBlots(_ map: HitMap) -> [LessonBlot] {
    // A message above the keys stays in sight.
    let open = Rect(
      x: 0, y: 0, width: size.columns, height: size.rows - (message.isEmpty ? 0 : 2))
    return hiddenPlaces.flatMap { path in
      // The parts of a whole panel lie within it.
      let whole = path.contains("/") ? [] : map.places.filter { $0.place.description == path }
      let areas = whole.isEmpty ? map.areas(of: path, selected: shownUnit) : whole.map(\.area)
      return areas.map {
        LessonBlot(area: $0.intersection(open), isWhole: !path.contains("/"))
      }
    }
  }

  /// The box of the lesson's step, and whether it covers something that it speaks of; nil where
  /// there is none.
  package var lessonBox: (area: Rect, covers: Bool, pages: Int)? {
    LessonBox(self).map { ($0.area, $0.covers, $0.pages) }
  }

  /// The computations in the lesson's step that have no value now.
  package var unknownLessonNumbers: [String] {
    (lesson?.step?.expressions ?? []).filter {
      [.waiting, .absent].contains($0.value(lessonValues))
    }.map(\.text)
  }

  /// The places that the lesson's step points at and this screen does not show.
  package var missingLessonPlaces: [String] {
    let map = Screen.hitMap(self)
    return (lesson?.step?.marks ?? []).filter { map.areas(of: $0, selected: shownUnit).isEmpty }
  }
}
